package dev.millrace.engine.function.cast;

import dev.millrace.engine.text.Dates;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.text.Numbers;

/**
 * Text that a cast takes for a timestamp: what {@code DateTimeFormatter} makes of Flink's pattern
 * {@code yyyy-[MM][M]-[dd][d][ [HH][H]:[mm][m]:[ss][s][.fraction]]}, where all but the year may be
 * missing.
 */
final class TimestampText {
  /** A field that is missing; it has its least value. */
  private static final int ABSENT = -1;

  private static final int MAX_FIELD_DIGITS = 19;
  private static final int MAX_FRACTION_DIGITS = 9;
  private static final int MAX_YEAR = 999_999_999;
  private static final long NANOS_PER_DAY = Dates.MILLIS_PER_DAY * Dates.NANOS_PER_MILLI;

  private TimestampText() {}

  /**
   * Parses to local milliseconds and nanoseconds of the millisecond, the fraction cut to {@code
   * precision}; {@code nanos} may be null if that is at most 3. Returns false and stores nothing if
   * the text is no timestamp.
   *
   * <p>Years have four digits, or more after a plus sign. A day beyond the end of its month means
   * the last one, 24:00:00 the next day's midnight.
   */
  static boolean parse(
      byte[] data, int start, int length, int precision, long[] millis, int[] nanos, int at) {
    int end = start + length;
    int yearEnd = yearEnd(data, start, end);
    if (!isAt(data, yearEnd, end, '-')) {
      return false;
    }
    long month = field(data, yearEnd + 1, end);
    if (!isAt(data, position(month), end, '-')) {
      return false;
    }
    long day = field(data, position(month) + 1, end);
    int dateEnd = position(day);
    boolean hasTime = isAt(data, dateEnd, end, ' ');
    long nanoOfDay = hasTime ? nanoOfDay(data, dateEnd + 1, end) : 0;
    if (nanoOfDay < 0 || (!hasTime && dateEnd != end)) {
      return false;
    }
    int year = Scan.number(data, data[start] == '+' ? start + 1 : start, yearEnd);
    long epochDay = epochDay(year, value(month), value(day));
    if (epochDay == Long.MIN_VALUE) {
      return false;
    }
    if (nanoOfDay == NANOS_PER_DAY) {
      // A date without a day stays the same.
      epochDay += value(day) == ABSENT ? 0 : 1;
      nanoOfDay = 0;
    }
    long kept = nanoOfDay - nanoOfDay % Decimals.pow10(MAX_FRACTION_DIGITS - precision);
    millis[at] = epochDay * Dates.MILLIS_PER_DAY + kept / Dates.NANOS_PER_MILLI;
    if (precision > 3) {
      nanos[at] = (int) (kept % Dates.NANOS_PER_MILLI);
    }
    return true;
  }

  /** Reads {@code [hour]:[minute]:[second][.fraction]}: nanoseconds of the day, or -1. */
  private static long nanoOfDay(byte[] data, int start, int end) {
    long hour = field(data, start, end);
    if (!isAt(data, position(hour), end, ':')) {
      return -1;
    }
    long minute = field(data, position(hour) + 1, end);
    if (!isAt(data, position(minute), end, ':')) {
      return -1;
    }
    long second = field(data, position(minute) + 1, end);
    int point = position(second);
    int nano = ABSENT;
    if (isAt(data, point, end, '.')) {
      if (end - point > MAX_FRACTION_DIGITS + 1 || !Numbers.allDigits(data, point + 1, end)) {
        return -1;
      }
      nano = Dates.fractionNanos(data, point + 1, end);
    } else if (point != end) {
      return -1;
    }
    return nanoOfDay(value(hour), value(minute), value(second), nano);
  }

  private static boolean isAt(byte[] data, int position, int end, char wanted) {
    return position >= 0 && position < end && data[position] == wanted;
  }

  /** Where the digits of the year end, or -1 if that is no year from 1 to 999,999,999. */
  private static int yearEnd(byte[] data, int start, int end) {
    int digits = start < end && data[start] == '+' ? start + 1 : start;
    int i = Scan.digitsEnd(data, digits, end);
    int count = i - digits;
    boolean wellFormed = digits == start ? count == 4 : count > 4 && count <= MAX_FIELD_DIGITS;
    if (!wellFormed) {
      return -1;
    }
    int year = Scan.number(data, digits, i);
    return year >= 1 && year <= MAX_YEAR ? i : -1;
  }

  /**
   * Reads a number that may be missing, and that may follow again right after its first two digits:
   * the value plus one in the high, where it ends in the low 32 bits; or -1.
   */
  private static long field(byte[] data, int start, int end) {
    int i = Scan.digitsEnd(data, start, end);
    int count = i - start;
    if (count == 0) {
      return start;
    }
    int value = Scan.number(data, start, start + Math.min(count, 2));
    boolean repeated =
        count > 2 && count - 2 <= MAX_FIELD_DIGITS && Scan.number(data, start + 2, i) == value;
    return count <= 2 || repeated ? (value + 1L) << 32 | i : -1;
  }

  private static int value(long field) {
    return (int) (field >> 32) - 1;
  }

  private static int position(long field) {
    return (int) field;
  }

  /** The day, with a day too large for its month cut to the last one, or MIN_VALUE if invalid. */
  private static long epochDay(int year, int month, int day) {
    boolean validMonth = month == ABSENT || (month >= 1 && month <= 12);
    boolean validDay = day == ABSENT || (day >= 1 && day <= 31 && month != ABSENT);
    if (!validMonth || !validDay) {
      return Long.MIN_VALUE;
    }
    int knownMonth = month == ABSENT ? 1 : month;
    int knownDay = day == ABSENT ? 1 : Math.min(day, Dates.monthLength(year, knownMonth));
    return Dates.epochDay(year, knownMonth, knownDay);
  }

  /** Nanoseconds of the day, those of a whole day for 24:00, or -1 if a field is out of range. */
  private static long nanoOfDay(int hour, int minute, int second, int nano) {
    int knownMinute = Math.max(minute, 0);
    int knownSecond = Math.max(second, 0);
    int knownNano = Math.max(nano, 0);
    if (hour == 24) {
      boolean gap =
          (minute == ABSENT && (second != ABSENT || nano != ABSENT))
              || (minute != ABSENT && second == ABSENT && nano != ABSENT);
      boolean midnight = knownMinute == 0 && knownSecond == 0 && knownNano == 0;
      return midnight && !gap ? NANOS_PER_DAY : -1;
    }
    if (hour > 23 || minute > 59 || second > 59) {
      return -1;
    }
    long seconds = Math.max(hour, 0) * 3600L + knownMinute * 60L + knownSecond;
    return seconds * 1_000_000_000L + knownNano;
  }
}
