package dev.millrace.engine.text;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.DecimalVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Decimals as ASCII text in byte arrays, and their change of scale.
 *
 * <p>A decimal is an unscaled 128-bit number in two's complement, {@code high:low}, of at most 38
 * digits, as in {@link DecimalVector}; where {@code high} may be null, 64 bits are enough for the
 * precision asked for. Nothing is allocated, but where a method says that it falls back to {@link
 * BigDecimal}.
 */
public final class Decimals {
  public static final int MAX_PRECISION = 38;

  /** {@link #parse} stored a number. */
  public static final int OK = 0;

  /** {@link #parse} found no number. */
  public static final int INVALID = 1;

  /** {@link #parse} found a number with more digits before the point than the type has. */
  public static final int OVERFLOW = 2;

  private static final int MAX_LONG_POWER = 18;
  private static final int MAX_EXPONENT_DIGITS = 4;
  private static final int LARGE = Integer.MAX_VALUE;
  private static final int MALFORMED = Integer.MIN_VALUE;
  private static final long[] POW10 = new long[MAX_LONG_POWER + 1];
  private static final long[] LIMIT_HIGH = new long[MAX_PRECISION + 1];
  private static final long[] LIMIT_LOW = new long[MAX_PRECISION + 1];

  static {
    BigInteger power = BigInteger.ONE;
    for (int i = 0; i <= MAX_PRECISION; i++) {
      if (i <= MAX_LONG_POWER) {
        POW10[i] = power.longValueExact();
      }
      LIMIT_HIGH[i] = power.shiftRight(64).longValueExact();
      LIMIT_LOW[i] = power.longValue();
      power = power.multiply(BigInteger.TEN);
    }
  }

  private Decimals() {}

  /** Ten to the power of 0 to 18. */
  public static long pow10(int exponent) {
    return POW10[exponent];
  }

  // ---------------------------------------------------------------- scale

  /**
   * Rounds a decimal half up to {@code scale} and stores it, or returns false if it then has more
   * than {@code precision} digits.
   *
   * @param fromScale the number's scale; may be negative, as that of {@code 1e3} is -3
   * @param toHigh may be null if {@code precision} is at most 18
   */
  public static boolean rescale(
      long high,
      long low,
      int fromScale,
      int precision,
      int scale,
      long[] toHigh,
      long[] toLow,
      int at) {
    boolean negative = high < 0;
    long h = negative ? negatedHigh(high, low) : high;
    long l = negative ? -low : low;
    int up = (h | l) == 0 ? 0 : scale - fromScale;
    if (up > MAX_PRECISION) {
      return false;
    }
    if (up < -MAX_PRECISION) {
      h = 0;
      l = 0;
      up = 0;
    }
    while (up > 0) {
      int step = Math.min(up, MAX_LONG_POWER);
      h = productHigh(h, l, POW10[step]);
      l *= POW10[step];
      up -= step;
      if (h < 0) {
        return false;
      }
    }
    // All but the last digit to go are cut off; that one decides about rounding.
    while (up < -1) {
      int step = Math.min(-up - 1, MAX_LONG_POWER);
      l = quotientLow(h, l, POW10[step]);
      h = Long.divideUnsigned(h, POW10[step]);
      up += step;
    }
    if (up == -1) {
      h += Long.compareUnsigned(l, l + 5) > 0 ? 1 : 0;
      l = quotientLow(h, l + 5, 10);
      h = Long.divideUnsigned(h, 10);
    }
    if (!fits(h, l, precision)) {
      return false;
    }
    toLow[at] = negative ? -l : l;
    if (toHigh != null) {
      toHigh[at] = negative ? negatedHigh(h, l) : h;
    }
    return true;
  }

  /** Whether a number has at most so many digits. */
  public static boolean hasDigits(long high, long low, int most) {
    return high < 0 ? fits(negatedHigh(high, low), -low, most) : fits(high, low, most);
  }

  /** Whether a number that is not negative has at most so many digits. */
  private static boolean fits(long high, long low, int precision) {
    return high < LIMIT_HIGH[precision]
        || (high == LIMIT_HIGH[precision] && Long.compareUnsigned(low, LIMIT_LOW[precision]) < 0);
  }

  /** The high half of {@code -(high:low)}. */
  private static long negatedHigh(long high, long low) {
    return ~high + (low == 0 ? 1 : 0);
  }

  /** The high half of a product of numbers that are not negative, or -1 if 127 bits are too few. */
  private static long productHigh(long high, long low, long factor) {
    long product = high * factor;
    long sum = product + unsignedMultiplyHigh(low, factor);
    boolean fits = Math.multiplyHigh(high, factor) == 0 && product >= 0 && sum >= 0;
    return fits ? sum : -1;
  }

  /** The high half of the product of an unsigned number and one that is not negative. */
  private static long unsignedMultiplyHigh(long unsigned, long factor) {
    return Math.multiplyHigh(unsigned, factor) + ((unsigned >> 63) & factor);
  }

  /** The low half of the quotient of an unsigned 128-bit number and a positive divisor. */
  private static long quotientLow(long high, long low, long divisor) {
    if (high == 0) {
      return Long.divideUnsigned(low, divisor);
    }
    return divide128(Long.remainderUnsigned(high, divisor), low, divisor);
  }

  /**
   * {@code high:low / divisor}, unsigned, for a {@code high} below a positive divisor: two digits
   * of 32 bits in the way of Knuth's algorithm D (after Warren, "Hacker's Delight", divlu).
   */
  private static long divide128(long high, long low, long divisor) {
    int shift = Long.numberOfLeadingZeros(divisor);
    long d = divisor << shift;
    long dHigh = d >>> 32;
    long dLow = d & 0xffffffffL;
    long n = shift == 0 ? high : high << shift | low >>> (64 - shift);
    long nLow = low << shift;
    long q1 = quotientDigit(n, nLow >>> 32, dHigh, dLow);
    long n1 = (n << 32 | nLow >>> 32) - q1 * d;
    long q0 = quotientDigit(n1, nLow & 0xffffffffL, dHigh, dLow);
    return (q1 << 32) + q0;
  }

  private static long quotientDigit(long n, long next, long dHigh, long dLow) {
    long q = Long.divideUnsigned(n, dHigh);
    long rest = n - q * dHigh;
    while (q >>> 32 != 0 || Long.compareUnsigned(q * dLow, rest << 32 | next) > 0) {
      q--;
      rest += dHigh;
      if (rest >>> 32 != 0) {
        break;
      }
    }
    return q;
  }

  // ---------------------------------------------------------------- parsing

  /**
   * Parses what {@code new BigDecimal} accepts, {@code [sign] digits [. digits] [e [sign] digits]},
   * rounds it half up to {@code scale} and stores it.
   *
   * <p>Numbers of more than 18 digits and anything that is not ASCII fall back to BigDecimal.
   *
   * @param high may be null if {@code precision} is at most 18
   * @return {@link #OK}, {@link #INVALID} or {@link #OVERFLOW}; stores nothing but in the first
   *     case
   */
  public static int parse(
      byte[] data,
      int start,
      int length,
      int precision,
      int scale,
      long[] high,
      long[] low,
      int at) {
    int end = start + length;
    boolean negative = length > 0 && data[start] == '-';
    int i = negative || (length > 0 && data[start] == '+') ? start + 1 : start;
    long significand = 0;
    int digits = 0;
    int point = -1;
    for (; i < end && digits <= MAX_LONG_POWER; i++) {
      int digit = data[i] - '0';
      if (digit >= 0 && digit <= 9) {
        significand = significand * 10 + digit;
        digits++;
      } else if (data[i] == '.' && point < 0) {
        point = digits;
      } else {
        break;
      }
    }
    if (digits > MAX_LONG_POWER || (i < end && data[i] != 'e' && data[i] != 'E')) {
      return parseBig(data, start, length, precision, scale, high, low, at);
    }
    int exponent = i < end ? exponent(data, i + 1, end) : 0;
    if (exponent == LARGE) {
      return parseBig(data, start, length, precision, scale, high, low, at);
    }
    if (digits == 0 || exponent == MALFORMED) {
      return INVALID;
    }
    int fromScale = (point < 0 ? 0 : digits - point) - exponent;
    long unscaled = negative ? -significand : significand;
    boolean fits = rescale(unscaled >> 63, unscaled, fromScale, precision, scale, high, low, at);
    return fits ? OK : OVERFLOW;
  }

  /** The number after an {@code e}, or {@link #LARGE} or {@link #MALFORMED}. */
  private static int exponent(byte[] data, int start, int end) {
    boolean negative = start < end && data[start] == '-';
    int digits = negative || (start < end && data[start] == '+') ? start + 1 : start;
    if (digits == end || !Numbers.allDigits(data, digits, end)) {
      return MALFORMED;
    }
    if (end - digits > MAX_EXPONENT_DIGITS) {
      return LARGE;
    }
    int exponent = 0;
    for (int i = digits; i < end; i++) {
      exponent = exponent * 10 + data[i] - '0';
    }
    return negative ? -exponent : exponent;
  }

  private static int parseBig(
      byte[] data,
      int start,
      int length,
      int precision,
      int scale,
      long[] high,
      long[] low,
      int at) {
    if (!mayBeNumber(data, start, length)) {
      return INVALID;
    }
    BigDecimal value;
    try {
      value = new BigDecimal(new String(data, start, length, StandardCharsets.UTF_8));
    } catch (NumberFormatException e) {
      return INVALID;
    }
    return store(value, precision, scale, high, low, at) ? OK : OVERFLOW;
  }

  /** Keeps most garbage from costing an exception; digits beyond ASCII are numbers, too. */
  private static boolean mayBeNumber(byte[] data, int start, int length) {
    if (length == 0) {
      return false;
    }
    byte last = data[start + length - 1];
    return last < 0 || last == '.' || (last >= '0' && last <= '9');
  }

  /**
   * Rounds a number half up to {@code scale} and stores it, or returns false if it has too many
   * digits.
   */
  public static boolean store(
      BigDecimal value, int precision, int scale, long[] high, long[] low, int at) {
    // Before setScale, which would write out a number like 1e999999999.
    long wholeDigits = (long) value.precision() - value.scale();
    if (value.signum() != 0 && wholeDigits > MAX_PRECISION) {
      return false;
    }
    BigDecimal rounded =
        wholeDigits < -MAX_PRECISION
            ? BigDecimal.ZERO
            : value.setScale(scale, RoundingMode.HALF_UP);
    if (rounded.precision() > precision) {
      return false;
    }
    BigInteger unscaled = rounded.unscaledValue();
    low[at] = unscaled.longValue();
    if (high != null) {
      high[at] = unscaled.shiftRight(64).longValue();
    }
    return true;
  }

  // ---------------------------------------------------------------- printing

  /** Appends a decimal of 64 bits as {@code BigDecimal.toPlainString} has it. */
  public static void append(ByteHeap out, long unscaled, int scale) {
    append(out, unscaled >> 63, unscaled, scale);
  }

  /** Appends a decimal as {@code BigDecimal.toPlainString} has it. */
  public static void append(ByteHeap out, long high, long low, int scale) {
    byte[] to = out.reserve(2 + MAX_PRECISION + 2);
    int at = out.length();
    int i = at;
    boolean negative = high < 0;
    if (negative) {
      to[i++] = '-';
    }
    long h = negative ? negatedHigh(high, low) : high;
    long l = negative ? -low : low;
    i += writeDigits(to, i, h, l, scale + 1);
    if (scale > 0) {
      System.arraycopy(to, i - scale, to, i - scale + 1, scale);
      to[i - scale] = '.';
      i++;
    }
    out.advance(i - at);
  }

  /**
   * Whether {@code BigDecimal.toString} has no exponent either: it has one for numbers below a
   * millionth whose scale is more than six, zero among them.
   */
  static boolean isPlain(long high, long low, int scale) {
    boolean negative = high < 0;
    long h = negative ? negatedHigh(high, low) : high;
    long l = negative ? -low : low;
    return scale <= 6 || !fits(h, l, scale - 6);
  }

  /** Writes at least so many digits of a number that is not negative and returns how many. */
  private static int writeDigits(byte[] to, int at, long high, long low, int atLeast) {
    if (high == 0 && low >= 0) {
      int digits = Math.max(atLeast, Numbers.digitCount(low));
      Numbers.writeDigits(to, at, digits, low);
      return digits;
    }
    long divisor = POW10[MAX_LONG_POWER];
    long quotientHigh = Long.divideUnsigned(high, divisor);
    long quotient = quotientLow(high, low, divisor);
    long rest = low - quotient * divisor;
    int before = writeDigits(to, at, quotientHigh, quotient, Math.max(1, atLeast - MAX_LONG_POWER));
    Numbers.writeDigits(to, at + before, MAX_LONG_POWER, rest);
    return before + MAX_LONG_POWER;
  }
}
