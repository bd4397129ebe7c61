package dev.millrace.engine.function.cast;

import dev.millrace.engine.text.Decimals;

/**
 * Short text that a cast takes for a decimal of at most 18 digits.
 *
 * <p>Flink reads such text by other rules than longer text, and they are kept: zeros before the
 * number count as digits, so that {@code 0012} does not fit into DECIMAL(3, 0); one wrong character
 * right after the digits is passed over; a number without digits is zero; rounding up may add a
 * digit that the type does not have.
 */
final class CompactDecimalText {
  /** Longer text, in bytes, is read by the rules of {@link Decimals#parse}. */
  static final int MAX_LENGTH = 18;

  private static final int MAX_EXPONENT = 40;

  private CompactDecimalText() {}

  /** Stores an unscaled number and returns the status as {@link Decimals#parse} does. */
  static int parse(
      byte[] data, int start, int length, int precision, int scale, long[] to, int at) {
    int end = start + length;
    int i = Scan.spaceStart(data, start, end);
    boolean negative = i < end && data[i] == '-';
    if (negative || (i < end && data[i] == '+')) {
      i++;
    }
    if (i == end) {
      return Decimals.INVALID;
    }
    long significand = 0;
    int digits = 0;
    int point = -1;
    byte last = 0;
    while (i < end) {
      last = data[i++];
      int digit = last - '0';
      if (digit >= 0 && digit <= 9) {
        significand = significand * 10 + digit;
        digits++;
      } else if (last != '.') {
        break;
      } else if (point >= 0) {
        return Decimals.INVALID;
      } else {
        point = digits;
      }
    }
    int exponent = point < 0 ? 0 : point - digits;
    if ((last == 'e' || last == 'E') && i < end) {
      boolean negativeExponent = data[i] == '-';
      if (negativeExponent || data[i] == '+') {
        i++;
      }
      if (i == end) {
        return Decimals.INVALID;
      }
      int written = 0;
      while (i < end) {
        int digit = data[i++] - '0';
        if (digit < 0 || digit > 9) {
          break;
        }
        written = written < MAX_EXPONENT ? written * 10 + digit : written;
      }
      exponent += negativeExponent ? -written : written;
    }
    while (i < end) {
      if (!Scan.isSpace(data[i++])) {
        return Decimals.INVALID;
      }
    }
    return store(significand, negative, digits, exponent + scale, precision, to, at);
  }

  private static int store(
      long significand, boolean negative, int digits, int shift, int precision, long[] to, int at) {
    if (digits + shift > precision || shift < -MAX_LENGTH) {
      return Decimals.OVERFLOW;
    }
    long unscaled;
    if (shift >= 0) {
      unscaled = significand * Decimals.pow10(shift);
    } else {
      long unit = Decimals.pow10(-shift);
      unscaled = (significand + unit / 2) / unit;
    }
    to[at] = negative ? -unscaled : unscaled;
    return Decimals.OK;
  }
}
