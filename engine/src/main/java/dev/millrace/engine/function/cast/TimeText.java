package dev.millrace.engine.function.cast;

import dev.millrace.engine.text.Blanks;
import dev.millrace.engine.text.Dates;

/** Text that a cast takes for a time of day. */
final class TimeText {
  private TimeText() {}

  /**
   * Parses {@code hour[:minute[:second[.fraction]]][(+|-)hour[:minute]]} to milliseconds, the
   * fraction rounded at its fourth digit, the offset added as its sign says; an offset can take the
   * result out of the day.
   */
  static boolean parse(byte[] data, int start, int length, int[] to, int at) {
    int end = start + length;
    int colon1 = Scan.indexOf(data, start, end, ':');
    int zone = Scan.indexOf(data, start, end, '-');
    int sign = -1;
    if (zone < 0) {
      zone = Scan.indexOf(data, start, end, '+');
      sign = 1;
    }
    int timeEnd = zone < 0 ? end : zone;
    long offset = zone < 0 ? 0 : zoneOffset(data, zone + 1, end);
    if (offset < 0) {
      return false;
    }
    int hour = Scan.number(data, start, colon1 < 0 ? timeEnd : colon1);
    int minute = 0;
    int second = 0;
    int milli = 0;
    if (colon1 >= 0) {
      int colon2 = Scan.indexOf(data, colon1 + 1, end, ':');
      minute = Scan.number(data, colon1 + 1, colon2 < 0 ? timeEnd : colon2);
      if (colon2 >= 0) {
        int dot = Scan.indexOf(data, colon2, end, '.');
        if (dot >= 0 && dot + 1 > timeEnd) {
          return false;
        }
        second = Scan.number(data, colon2 + 1, dot < 0 ? timeEnd : dot);
        milli = dot < 0 ? 0 : fractionMillis(data, dot + 1, timeEnd);
      }
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return false;
    }
    to[at] =
        hour * Dates.MILLIS_PER_HOUR
            + minute * Dates.MILLIS_PER_MINUTE
            + second * Dates.MILLIS_PER_SECOND
            + milli
            + sign * (int) offset;
    return true;
  }

  /** The milliseconds of {@code hour[:minute]} modulo 2^32, or -1. */
  private static long zoneOffset(byte[] data, int start, int end) {
    int colon = Scan.indexOf(data, start, end, ':');
    int hour = Scan.number(data, start, colon < 0 ? end : colon);
    int minute = colon < 0 ? 0 : Scan.number(data, colon + 1, end);
    return hour < 0 || minute < 0
        ? -1
        : Integer.toUnsignedLong(hour * Dates.MILLIS_PER_HOUR + minute * Dates.MILLIS_PER_MINUTE);
  }

  /**
   * The milliseconds that the digits of a fraction say, rounded at the fourth. Each character that
   * is no digit counts as a zero, one outside the BMP as two.
   */
  private static int fractionMillis(byte[] data, int from, int to) {
    int start = Blanks.start(data, from, to);
    int end = Blanks.end(data, start, to);
    int millis = 0;
    int multiplier = 100;
    for (int i = start; i < end; i = nextCharacter(data, i, end)) {
      int digit = data[i] - '0';
      boolean isDigit = digit >= 0 && digit <= 9;
      if (multiplier == 0) {
        boolean up = data[i] < 0 || data[i] >= '5';
        return millis + (up ? 1 : 0);
      }
      millis += isDigit ? multiplier * digit : 0;
      multiplier /= 10;
      if ((data[i] & 0xf8) == 0xf0) {
        if (multiplier == 0) {
          return millis + 1;
        }
        multiplier /= 10;
      }
    }
    return millis;
  }

  private static int nextCharacter(byte[] data, int at, int end) {
    int i = at + 1;
    while (i < end && (data[i] & 0xc0) == 0x80) {
      i++;
    }
    return i;
  }
}
