package dev.millrace.engine.text;

import dev.millrace.engine.batch.ByteHeap;
import java.nio.charset.StandardCharsets;

/**
 * Integers and binary floating-point numbers as ASCII text in byte arrays.
 *
 * <p>Nothing is allocated, but where a method says that it falls back to the JDK. A {@code parse}
 * method reads exactly the range, without trimming; it stores the number at {@code to[at]} and
 * returns true, or returns false and stores nothing.
 */
public final class Numbers {
  /** The longest text of a {@code long}. */
  public static final int MAX_LONG_LENGTH = 20;

  /** Powers of ten that a double holds exactly. */
  private static final double[] EXACT_POW10 = {
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22
  };

  private static final long MAX_EXACT_DOUBLE = 1L << 53;
  private static final int MAX_EXACT_FLOAT = 1 << 24;
  private static final int MAX_FLOAT_EXPONENT = 10;

  /** Digits that always fit into a long. */
  private static final int SAFE_DIGITS = 18;

  /** From here on, Double.toString uses an exponent. */
  private static final long MAX_PLAIN_DOUBLE = 10_000_000;

  private static final byte[] DIGIT_PAIRS = digitPairs();
  private static final byte[] MIN_LONG = ascii("-9223372036854775808");

  private Numbers() {}

  /**
   * Parses an optional sign and at least one decimal digit: what Java's {@code Long.parseLong}
   * accepts, of ASCII. False for anything else and for numbers beyond 64 bits.
   */
  public static boolean parseLong(byte[] data, int start, int length, long[] to, int at) {
    int end = start + length;
    int i = start;
    boolean negative = false;
    if (length > 0 && (data[i] == '-' || data[i] == '+')) {
      negative = data[i] == '-';
      i++;
    }
    if (i == end) {
      return false;
    }
    int safeEnd = Math.min(end, i + SAFE_DIGITS);
    long value = 0;
    for (; i < safeEnd; i++) {
      int digit = data[i] - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      value = value * 10 + digit;
    }
    value = -value;
    for (; i < end; i++) {
      int digit = data[i] - '0';
      if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
        return false;
      }
      value = value * 10 - digit;
      if (value > 0) {
        return false;
      }
    }
    if (!negative && value == Long.MIN_VALUE) {
      return false;
    }
    to[at] = negative ? value : -value;
    return true;
  }

  /** Whether the range consists of decimal digits only; true when it is empty. */
  public static boolean allDigits(byte[] data, int start, int end) {
    for (int i = start; i < end; i++) {
      if (data[i] < '0' || data[i] > '9') {
        return false;
      }
    }
    return true;
  }

  /**
   * Parses what {@code Double.parseDouble} accepts, to the same double.
   *
   * <p>A decimal number whose digits fit into 53 bits, with a power of ten of at most 22, is the
   * correctly rounded product or quotient of two exact doubles (Clinger, "How to Read Floating
   * Point Numbers Accurately", 1990); all else goes to the JDK.
   */
  public static boolean parseDouble(byte[] data, int start, int length, double[] to, int at) {
    long decimal = scan(data, start, length);
    if (decimal >= 0) {
      double value = significand(data, start, decimal);
      int exponent = exponent(decimal);
      value = exponent < 0 ? value / EXACT_POW10[-exponent] : value * EXACT_POW10[exponent];
      to[at] = data[start] == '-' ? -value : value;
      return true;
    }
    if (!mayBeNumber(data, start, length)) {
      return false;
    }
    try {
      to[at] = Double.parseDouble(string(data, start, length));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Parses what {@code Float.parseFloat} accepts, to the same float; see {@link #parseDouble}. */
  public static boolean parseFloat(byte[] data, int start, int length, float[] to, int at) {
    long decimal = scan(data, start, length);
    if (decimal >= 0 && Math.abs(exponent(decimal)) <= MAX_FLOAT_EXPONENT) {
      long significand = significand(data, start, decimal);
      if (significand <= MAX_EXACT_FLOAT) {
        int exponent = exponent(decimal);
        float value = significand;
        value =
            exponent < 0
                ? value / (float) EXACT_POW10[-exponent]
                : value * (float) EXACT_POW10[exponent];
        to[at] = data[start] == '-' ? -value : value;
        return true;
      }
    }
    if (!mayBeNumber(data, start, length)) {
      return false;
    }
    try {
      to[at] = Float.parseFloat(string(data, start, length));
      return true;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * Scans {@code [sign] digits [. digits] [e [sign] digits]}: the length of its significand in the
   * high and the power of ten in the low 32 bits, or -1 if it is something else or may not be
   * exact.
   */
  private static long scan(byte[] data, int start, int length) {
    int end = start + length;
    int i = start;
    if (i < end && (data[i] == '-' || data[i] == '+')) {
      i++;
    }
    int digits = 0;
    int point = -1;
    long significand = 0;
    for (; i < end; i++) {
      int digit = data[i] - '0';
      if (digit >= 0 && digit <= 9) {
        significand = significand * 10 + digit;
        if (++digits > SAFE_DIGITS) {
          return -1;
        }
      } else if (data[i] == '.' && point < 0) {
        point = digits;
      } else {
        break;
      }
    }
    int significandEnd = i;
    if (digits == 0 || significand > MAX_EXACT_DOUBLE) {
      return -1;
    }
    int exponent = point < 0 ? 0 : point - digits;
    if (i < end) {
      int written = writtenExponent(data, i, end);
      if (written == Integer.MIN_VALUE) {
        return -1;
      }
      exponent += written;
    }
    return Math.abs(exponent) < EXACT_POW10.length
        ? (long) (significandEnd - start) << 32 | (exponent & 0xffffffffL)
        : -1;
  }

  /** The exponent that starts at its {@code e}, or MIN_VALUE if it is malformed or large. */
  private static int writtenExponent(byte[] data, int start, int end) {
    int i = start + 1;
    if ((data[start] != 'e' && data[start] != 'E') || i == end) {
      return Integer.MIN_VALUE;
    }
    boolean negative = data[i] == '-';
    if (negative || data[i] == '+') {
      i++;
    }
    if (i == end || end - i > 3 || !allDigits(data, i, end)) {
      return Integer.MIN_VALUE;
    }
    int exponent = 0;
    for (; i < end; i++) {
      exponent = exponent * 10 + data[i] - '0';
    }
    return negative ? -exponent : exponent;
  }

  private static int exponent(long scanned) {
    return (int) scanned;
  }

  private static long significand(byte[] data, int start, long scanned) {
    int end = start + (int) (scanned >>> 32);
    long significand = 0;
    for (int i = start; i < end; i++) {
      int digit = data[i] - '0';
      if (digit >= 0) {
        significand = significand * 10 + digit;
      }
    }
    return significand;
  }

  /** Keeps most garbage from costing an exception: a number starts with one of a few bytes. */
  private static boolean mayBeNumber(byte[] data, int start, int length) {
    for (int i = start; i < start + length; i++) {
      byte b = data[i];
      boolean skipped = (b >= 0 && b <= ' ') || b == '-' || b == '+';
      if (!skipped) {
        return (b >= '0' && b <= '9') || b == '.' || b == 'N' || b == 'I';
      }
    }
    return false;
  }

  private static String string(byte[] data, int start, int length) {
    return new String(data, start, length, StandardCharsets.UTF_8);
  }

  /** Appends the decimal digits of a number, with a minus sign if it is negative. */
  public static void append(ByteHeap out, long value) {
    byte[] to = out.reserve(MAX_LONG_LENGTH);
    out.advance(write(to, out.length(), value));
  }

  /**
   * Writes the decimal digits of a number from {@code at} on and returns how many bytes that took,
   * at most {@link #MAX_LONG_LENGTH}.
   */
  public static int write(byte[] to, int at, long value) {
    if (value == Long.MIN_VALUE) {
      System.arraycopy(MIN_LONG, 0, to, at, MIN_LONG.length);
      return MIN_LONG.length;
    }
    if (value >= 0) {
      int digits = digitCount(value);
      writeDigits(to, at, digits, value);
      return digits;
    }
    to[at] = '-';
    int digits = digitCount(-value);
    writeDigits(to, at + 1, digits, -value);
    return digits + 1;
  }

  /** Writes the last {@code digits} decimal digits of a number that is not negative. */
  public static void writeDigits(byte[] to, int at, int digits, long value) {
    int i = at + digits;
    long rest = value;
    while (i - at >= 2) {
      long hundreds = rest / 100;
      int pair = (int) (rest - hundreds * 100) * 2;
      rest = hundreds;
      i -= 2;
      to[i] = DIGIT_PAIRS[pair];
      to[i + 1] = DIGIT_PAIRS[pair + 1];
    }
    if (i > at) {
      to[at] = (byte) ('0' + rest % 10);
    }
  }

  /** How many decimal digits a number that is not negative has; 1 for zero. */
  public static int digitCount(long value) {
    long limit = 10;
    for (int digits = 1; digits < 19; digits++) {
      if (value < limit) {
        return digits;
      }
      limit *= 10;
    }
    return 19;
  }

  /** Appends what {@code Double.toString} says; whole numbers below ten million without it. */
  public static void append(ByteHeap out, double value) {
    long whole = (long) value;
    if (whole == value && isPlain(whole) && (whole != 0 || isPositiveZero(value))) {
      appendWhole(out, whole);
    } else {
      appendAscii(out, Double.toString(value));
    }
  }

  /** Appends what {@code Float.toString} says; whole numbers below ten million without it. */
  public static void append(ByteHeap out, float value) {
    int whole = (int) value;
    if (whole == value && isPlain(whole) && (whole != 0 || isPositiveZero(value))) {
      appendWhole(out, whole);
    } else {
      appendAscii(out, Float.toString(value));
    }
  }

  private static boolean isPlain(long whole) {
    return whole > -MAX_PLAIN_DOUBLE && whole < MAX_PLAIN_DOUBLE;
  }

  private static boolean isPositiveZero(double value) {
    return Double.doubleToRawLongBits(value) == 0;
  }

  private static void appendWhole(ByteHeap out, long value) {
    byte[] to = out.reserve(MAX_LONG_LENGTH + 2);
    int at = out.length();
    int written = write(to, at, value);
    to[at + written] = '.';
    to[at + written + 1] = '0';
    out.advance(written + 2);
  }

  /** Appends a string of ASCII characters. */
  public static void appendAscii(ByteHeap out, String text) {
    int length = text.length();
    byte[] to = out.reserve(length);
    int at = out.length();
    for (int i = 0; i < length; i++) {
      to[at + i] = (byte) text.charAt(i);
    }
    out.advance(length);
  }

  private static byte[] digitPairs() {
    byte[] pairs = new byte[200];
    for (int i = 0; i < 100; i++) {
      pairs[2 * i] = (byte) ('0' + i / 10);
      pairs[2 * i + 1] = (byte) ('0' + i % 10);
    }
    return pairs;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
