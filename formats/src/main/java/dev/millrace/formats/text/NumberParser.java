package dev.millrace.formats.text;

import dev.millrace.engine.batch.DecimalBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/**
 * Reads numbers from bytes exactly as {@link Double#parseDouble}, {@link Float#parseFloat} and
 * {@link BigDecimal} do, without making a string of the usual short ones. Not thread-safe.
 */
public final class NumberParser {
  private static final int MAX_DIGITS = 18;
  private static final int EXACT_POWERS = 22;
  private static final int EXACT_FLOAT_POWERS = 10;
  private static final long MAX_EXACT_DOUBLE = 1L << 53;
  private static final long MAX_EXACT_FLOAT = 1L << 24;
  private static final double[] POWERS = new double[EXACT_POWERS + 1];
  private static final float[] FLOAT_POWERS = new float[EXACT_FLOAT_POWERS + 1];
  private static final long[] LONG_POWERS = new long[MAX_DIGITS + 1];

  static {
    for (int i = 0; i <= EXACT_POWERS; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
    for (int i = 0; i <= EXACT_FLOAT_POWERS; i++) {
      FLOAT_POWERS[i] = Float.parseFloat("1e" + i);
    }
    LONG_POWERS[0] = 1;
    for (int i = 1; i <= MAX_DIGITS; i++) {
      LONG_POWERS[i] = LONG_POWERS[i - 1] * 10;
    }
  }

  private boolean negative;
  private long digits;
  private int scale;

  /**
   * The double that the range writes.
   *
   * <p>Clinger's fast path: if the digits and the power of ten are both exact as doubles, the one
   * division rounds once and therefore rightly (William D. Clinger, How to read floating point
   * numbers accurately, 1990).
   */
  public double parseDouble(byte[] data, int start, int stop) {
    if (!readPlain(data, start, stop) || digits > MAX_EXACT_DOUBLE) {
      return Double.parseDouble(text(data, start, stop));
    }
    double value = scale == 0 ? digits : digits / POWERS[scale];
    return negative ? -value : value;
  }

  /** The float that the range writes, rounded once. */
  public float parseFloat(byte[] data, int start, int stop) {
    if (!readPlain(data, start, stop) || digits > MAX_EXACT_FLOAT || scale > EXACT_FLOAT_POWERS) {
      return Float.parseFloat(text(data, start, stop));
    }
    float value = scale == 0 ? digits : digits / FLOAT_POWERS[scale];
    return negative ? -value : value;
  }

  /**
   * Appends the decimal that the range writes, rounded half up to the scale; null if it has more
   * digits than the precision allows.
   */
  public void appendDecimal(
      DecimalBuilder to, byte[] data, int start, int stop, int precision, int targetScale) {
    if (!readPlain(data, start, stop) || !appendPlain(to, precision, targetScale)) {
      appendDecimal(to, new BigDecimal(text(data, start, stop)), precision, targetScale);
    }
  }

  private boolean appendPlain(DecimalBuilder to, int precision, int targetScale) {
    int shift = targetScale - scale;
    long unscaled;
    if (shift > 0) {
      if (shift > MAX_DIGITS || Math.multiplyHigh(digits, LONG_POWERS[shift]) != 0) {
        return false;
      }
      unscaled = digits * LONG_POWERS[shift];
    } else {
      long divisor = LONG_POWERS[-shift];
      long rest = digits % divisor;
      unscaled = digits / divisor + (shift < 0 && rest >= divisor - rest ? 1 : 0);
    }
    if (unscaled < 0) {
      return false;
    }
    if (precision <= MAX_DIGITS && unscaled >= LONG_POWERS[precision]) {
      to.appendNull();
    } else {
      to.append(negative ? -unscaled : unscaled);
    }
    return true;
  }

  private static void appendDecimal(
      DecimalBuilder to, BigDecimal value, int precision, int targetScale) {
    // A number with a huge exponent is decided by its magnitude alone: writing it out could take
    // all memory.
    long integerDigits = (long) value.precision() - value.scale();
    if (value.signum() == 0 || integerDigits < -targetScale) {
      to.append(0L);
    } else if (integerDigits > precision - targetScale) {
      to.appendNull();
    } else {
      BigDecimal rounded = value.setScale(targetScale, RoundingMode.HALF_UP);
      BigInteger unscaled = rounded.unscaledValue();
      if (rounded.precision() > precision) {
        to.appendNull();
      } else {
        to.append(unscaled);
      }
    }
  }

  /** Reads {@code -?d+(.d+)?} of up to 18 digits; false if the range holds anything else. */
  private boolean readPlain(byte[] data, int start, int stop) {
    int at = start;
    negative = at < stop && data[at] == '-';
    if (negative) {
      at++;
    }
    int first = at;
    long value = 0;
    for (; at < stop && isDigit(data[at]); at++) {
      value = value * 10 + (data[at] - '0');
    }
    int integers = at - first;
    int fractions = 0;
    if (at < stop && data[at] == '.') {
      int point = at++;
      for (; at < stop && isDigit(data[at]); at++) {
        value = value * 10 + (data[at] - '0');
      }
      fractions = at - point - 1;
      if (fractions == 0) {
        return false;
      }
    }
    digits = value;
    scale = fractions;
    return at == stop && integers > 0 && integers + fractions <= MAX_DIGITS;
  }

  private static boolean isDigit(byte value) {
    return value >= '0' && value <= '9';
  }

  private static String text(byte[] data, int start, int stop) {
    return new String(data, start, stop - start, StandardCharsets.UTF_8);
  }
}
