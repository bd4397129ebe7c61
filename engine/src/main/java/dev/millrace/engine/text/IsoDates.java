package dev.millrace.engine.text;

import static dev.millrace.engine.text.Dates.MILLIS_PER_DAY;
import static dev.millrace.engine.text.Dates.NANOS_PER_MILLI;

import dev.millrace.engine.batch.ByteHeap;

/**
 * Dates, times of day and timestamps as ISO 8601 text in byte arrays, as {@code java.time} has it.
 *
 * <p>Units are those of {@link Dates}. A parser reads exactly the range; it stores its result and
 * returns true, or returns false and stores nothing. The parsers take the common forms only: what
 * they accept, the JDK's ISO formatters read the same way; what they refuse, a caller may still
 * give to the JDK.
 */
public final class IsoDates {
  private static final int MAX_FRACTION = 9;

  private IsoDates() {}

  // ---------------------------------------------------------------- parsing

  /** Parses {@code yyyy-MM-dd} to days since 1970-01-01. */
  public static boolean parseDate(byte[] data, int start, int length, int[] to, int at) {
    long day = length == 10 ? epochDay(data, start) : Long.MIN_VALUE;
    if (day == Long.MIN_VALUE) {
      return false;
    }
    to[at] = (int) day;
    return true;
  }

  /** Parses {@code HH:mm:ss[.f]}, of up to nine digits, to nanoseconds of the day. */
  public static boolean parseTime(byte[] data, int start, int length, long[] to, int at) {
    long nanoOfDay = nanoOfDay(data, start, start + length);
    if (nanoOfDay < 0) {
      return false;
    }
    to[at] = nanoOfDay;
    return true;
  }

  /**
   * Parses {@code yyyy-MM-dd}, the separator, {@code HH:mm:ss[.f]}, of up to nine digits, to local
   * milliseconds and nanoseconds of the millisecond.
   */
  public static boolean parseTimestamp(
      byte[] data, int start, int length, char separator, long[] millis, int[] nanos, int at) {
    if (length < 19 || data[start + 10] != separator) {
      return false;
    }
    long day = epochDay(data, start);
    long nanoOfDay = nanoOfDay(data, start + 11, start + length);
    if (day == Long.MIN_VALUE || nanoOfDay < 0) {
      return false;
    }
    millis[at] = day * MILLIS_PER_DAY + nanoOfDay / NANOS_PER_MILLI;
    nanos[at] = (int) (nanoOfDay % NANOS_PER_MILLI);
    return true;
  }

  private static long epochDay(byte[] data, int at) {
    int year1 = twoDigits(data, at);
    int year2 = twoDigits(data, at + 2);
    int month = twoDigits(data, at + 5);
    int day = twoDigits(data, at + 8);
    if ((year1 | year2 | month | day) < 0 || data[at + 4] != '-' || data[at + 7] != '-') {
      return Long.MIN_VALUE;
    }
    int year = year1 * 100 + year2;
    boolean valid = month >= 1 && month <= 12 && day >= 1 && day <= Dates.monthLength(year, month);
    return valid ? Dates.epochDay(year, month, day) : Long.MIN_VALUE;
  }

  private static long nanoOfDay(byte[] data, int at, int end) {
    if (end - at < 8 || data[at + 2] != ':' || data[at + 5] != ':') {
      return -1;
    }
    int hour = twoDigits(data, at);
    int minute = twoDigits(data, at + 3);
    long nanoOfMinute = nanoOfMinute(data, at + 6, end);
    if ((hour | minute) < 0 || hour > 23 || minute > 59 || nanoOfMinute < 0) {
      return -1;
    }
    return (hour * 60L + minute) * 60_000_000_000L + nanoOfMinute;
  }

  /** Parses {@code ss[.f]}, of up to nine digits; negative if it has another form. */
  static long nanoOfMinute(byte[] data, int at, int end) {
    if (end - at < 2) {
      return -1;
    }
    int second = twoDigits(data, at);
    if (second < 0 || second > 59) {
      return -1;
    }
    int nano = 0;
    if (end > at + 2) {
      int digits = end - at - 3;
      if (data[at + 2] != '.'
          || digits < 1
          || digits > MAX_FRACTION
          || !Numbers.allDigits(data, at + 3, end)) {
        return -1;
      }
      nano = Dates.fractionNanos(data, at + 3, end);
    }
    return second * 1_000_000_000L + nano;
  }

  /** The number that two digits make, or a negative number. */
  private static int twoDigits(byte[] data, int at) {
    int tens = data[at] - '0';
    int ones = data[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
  }

  // ---------------------------------------------------------------- printing

  /** Appends what {@code LocalDate.toString} says: {@code 2020-01-31}, {@code +12345-01-01}. */
  public static void appendDate(ByteHeap out, int epochDay) {
    long civil = Dates.civil(epochDay);
    int year = Dates.year(civil);
    if (year > 9999) {
      out.append((byte) '+');
    } else if (year < 0) {
      out.append((byte) '-');
    }
    appendPadded(out, Math.abs(year), 4);
    out.append((byte) '-');
    appendPadded(out, Dates.month(civil), 2);
    out.append((byte) '-');
    appendPadded(out, Dates.day(civil), 2);
  }

  /**
   * Appends what {@code LocalTime.toString} says: {@code 10:15}, {@code 10:15:30.001}, with seconds
   * only if these or the fraction are not zero, and 3, 6 or 9 digits of a fraction.
   */
  public static void appendTime(ByteHeap out, long nanoOfDay) {
    int second = (int) (nanoOfDay / 1_000_000_000L);
    int nano = (int) (nanoOfDay % 1_000_000_000L);
    appendTime(out, second, nano, second % 60 != 0 || nano != 0);
  }

  /** Appends what {@code LocalDateTime.toString} says: date, {@code T} and time. */
  public static void appendLocalDateTime(ByteHeap out, long millis, int nanosOfMilli) {
    appendDate(out, (int) Math.floorDiv(millis, MILLIS_PER_DAY));
    out.append((byte) 'T');
    appendTime(out, Math.floorMod(millis, MILLIS_PER_DAY) * NANOS_PER_MILLI + nanosOfMilli);
  }

  /**
   * Appends what {@code Instant.toString} says: the time in UTC, seconds always, then {@code Z}.
   */
  public static void appendInstant(ByteHeap out, long epochMillis, int nanosOfMilli) {
    appendDate(out, (int) Math.floorDiv(epochMillis, MILLIS_PER_DAY));
    out.append((byte) 'T');
    int milliOfDay = (int) Math.floorMod(epochMillis, MILLIS_PER_DAY);
    int nano = milliOfDay % 1000 * NANOS_PER_MILLI + nanosOfMilli;
    appendTime(out, milliOfDay / 1000, nano, true);
    out.append((byte) 'Z');
  }

  private static void appendTime(ByteHeap out, int secondOfDay, int nano, boolean seconds) {
    byte[] to = out.reserve(18);
    int at = out.length();
    Dates.writeTime(to, at, secondOfDay);
    if (!seconds) {
      out.advance(5);
    } else if (nano == 0) {
      out.advance(8);
    } else {
      to[at + 8] = '.';
      int digits = nano % 1_000_000 == 0 ? 3 : nano % 1000 == 0 ? 6 : 9;
      int fraction = digits == 3 ? nano / 1_000_000 : digits == 6 ? nano / 1000 : nano;
      Numbers.writeDigits(to, at + 9, digits, fraction);
      out.advance(9 + digits);
    }
  }

  private static void appendPadded(ByteHeap out, int value, int digits) {
    byte[] to = out.reserve(Numbers.MAX_LONG_LENGTH);
    int width = Math.max(digits, Numbers.digitCount(value));
    Numbers.writeDigits(to, out.length(), width, value);
    out.advance(width);
  }
}
