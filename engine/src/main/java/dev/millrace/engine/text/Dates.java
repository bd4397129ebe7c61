package dev.millrace.engine.text;

import dev.millrace.engine.batch.ByteHeap;

/**
 * The calendar, and dates, times of day and timestamps printed to bytes as a cast to a string has
 * them; {@link IsoDates} reads and prints ISO text.
 *
 * <p>Dates are days since 1970-01-01 in the proleptic Gregorian calendar, times of day
 * milliseconds, timestamps local milliseconds since 1970-01-01T00:00 plus nanoseconds of the
 * millisecond. Nothing is allocated.
 */
public final class Dates {
  public static final int MILLIS_PER_SECOND = 1000;
  public static final int MILLIS_PER_MINUTE = 60_000;
  public static final int MILLIS_PER_HOUR = 3_600_000;
  public static final long MILLIS_PER_DAY = 86_400_000L;
  public static final int NANOS_PER_MILLI = 1_000_000;

  private static final int DAYS_PER_ERA = 146_097;
  private static final int DAYS_FROM_MARCH_0000_TO_1970 = 719_468;
  private static final int[] POW10 = {
    1, 10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000
  };

  private Dates() {}

  // ---------------------------------------------------------------- calendar

  /**
   * The date of a day as one number, to be taken apart by {@link #year}, {@link #month} and {@link
   * #day}. The algorithm is Howard Hinnant's {@code civil_from_days}.
   */
  public static long civil(int epochDay) {
    long days = (long) epochDay + DAYS_FROM_MARCH_0000_TO_1970;
    long era = Math.floorDiv(days, (long) DAYS_PER_ERA);
    int dayOfEra = (int) (days - era * DAYS_PER_ERA);
    int yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (DAYS_PER_ERA - 1)) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0);
    return year << 16 | (long) month << 8 | day;
  }

  public static int year(long civil) {
    return (int) (civil >> 16);
  }

  /** 1 to 12. */
  public static int month(long civil) {
    return (int) (civil >> 8) & 0xff;
  }

  /** 1 to 31. */
  public static int day(long civil) {
    return (int) civil & 0xff;
  }

  /**
   * Days since 1970-01-01 of a date whose month is valid. The algorithm is Howard Hinnant's {@code
   * days_from_civil}.
   */
  public static long epochDay(int year, int month, int day) {
    long y = month <= 2 ? year - 1L : year;
    long era = Math.floorDiv(y, 400L);
    int yearOfEra = (int) (y - era * 400);
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_PER_ERA + dayOfEra - DAYS_FROM_MARCH_0000_TO_1970;
  }

  /** The number of days of a month, 1 to 12. */
  public static int monthLength(int year, int month) {
    return switch (month) {
      case 2 -> isLeapYear(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  public static boolean isLeapYear(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** The nanoseconds that the digits of a fraction, at most nine, say. */
  public static int fractionNanos(byte[] data, int start, int end) {
    int nanos = 0;
    for (int i = start; i < end; i++) {
      nanos = nanos * 10 + data[i] - '0';
    }
    return nanos * POW10[9 - (end - start)];
  }

  // ---------------------------------------------------------------- printing

  /** Appends {@code yyyy-MM-dd}, as a cast to a string has it: of a longer year the last digits. */
  public static void appendDate(ByteHeap out, int epochDay) {
    byte[] to = out.reserve(10);
    writeDate(to, out.length(), epochDay);
    out.advance(10);
  }

  /**
   * Appends {@code HH:mm:ss[.f]}, as a cast to a string has it: of the fraction at least one digit
   * and at most {@code precision}, without zeros at the end. A negative time counts back from
   * midnight.
   */
  public static void appendTime(ByteHeap out, int millisOfDay, int precision) {
    long time = millisOfDay < 0 ? Math.floorMod((long) millisOfDay, MILLIS_PER_DAY) : millisOfDay;
    byte[] to = out.reserve(12);
    int at = out.length();
    writeTime(to, at, (int) (time / 1000));
    int i = at + 8;
    if (precision > 0) {
      int milli = (int) (time % 1000);
      to[i++] = '.';
      int rest = milli;
      for (int digits = 0; digits < precision; digits++) {
        to[i++] = (byte) ('0' + rest / 100);
        rest = rest % 100 * 10;
        if (rest == 0) {
          break;
        }
      }
    }
    out.advance(i - at);
  }

  /**
   * Appends {@code yyyy-MM-dd HH:mm:ss[.f]} of local milliseconds and nanoseconds of the
   * millisecond, with exactly {@code precision} digits of the fraction.
   */
  public static void appendTimestamp(ByteHeap out, long millis, int nanosOfMilli, int precision) {
    byte[] to = out.reserve(30);
    int at = out.length();
    long day = Math.floorDiv(millis, MILLIS_PER_DAY);
    int milliOfDay = (int) (millis - day * MILLIS_PER_DAY);
    writeDate(to, at, (int) day);
    to[at + 10] = ' ';
    writeTime(to, at + 11, milliOfDay / 1000);
    int written = 19;
    if (precision > 0) {
      to[at + 19] = '.';
      int nanoOfSecond = milliOfDay % 1000 * NANOS_PER_MILLI + nanosOfMilli;
      Numbers.writeDigits(to, at + 20, precision, nanoOfSecond / POW10[9 - precision]);
      written = 20 + precision;
    }
    out.advance(written);
  }

  private static void writeDate(byte[] to, int at, int epochDay) {
    long civil = civil(epochDay);
    int year = year(civil);
    // Digit by digit, each with the sign of the year: that is what Flink shows for years before 0.
    to[at] = (byte) ('0' + year / 1000 % 10);
    to[at + 1] = (byte) ('0' + year / 100 % 10);
    to[at + 2] = (byte) ('0' + year / 10 % 10);
    to[at + 3] = (byte) ('0' + year % 10);
    to[at + 4] = '-';
    Numbers.writeDigits(to, at + 5, 2, month(civil));
    to[at + 7] = '-';
    Numbers.writeDigits(to, at + 8, 2, day(civil));
  }

  /** Writes {@code HH:mm:ss}. */
  public static void writeTime(byte[] to, int at, int secondOfDay) {
    Numbers.writeDigits(to, at, 2, secondOfDay / 3600);
    to[at + 2] = ':';
    Numbers.writeDigits(to, at + 3, 2, secondOfDay / 60 % 60);
    to[at + 5] = ':';
    Numbers.writeDigits(to, at + 6, 2, secondOfDay % 60);
  }

  /** Appends {@code +years-months} or {@code -years-months} of an interval in months. */
  public static void appendYearMonth(ByteHeap out, int months) {
    out.append((byte) (months >= 0 ? '+' : '-'));
    int magnitude = Math.abs(months);
    Numbers.append(out, magnitude / 12);
    out.append((byte) '-');
    appendPadded(out, magnitude % 12, 2);
  }

  /**
   * Appends {@code +days HH:mm:ss.SSS}, or with a minus, of an interval in milliseconds; days are
   * counted modulo 2^32, as in Flink.
   */
  public static void appendDayTime(ByteHeap out, long millis) {
    out.append((byte) (millis >= 0 ? '+' : '-'));
    long magnitude = Math.abs(millis);
    int days = (int) (magnitude / MILLIS_PER_DAY);
    Numbers.append(out, days);
    out.append((byte) ' ');
    appendPadded(out, magnitude / MILLIS_PER_HOUR % 24, 2);
    out.append((byte) ':');
    appendPadded(out, magnitude / MILLIS_PER_MINUTE % 60, 2);
    out.append((byte) ':');
    appendPadded(out, magnitude / MILLIS_PER_SECOND % 60, 2);
    out.append((byte) '.');
    appendPadded(out, magnitude % MILLIS_PER_SECOND, 3);
  }

  /**
   * Appends a number with zeros before it; only those of an interval at its minimum are negative.
   */
  private static void appendPadded(ByteHeap out, long value, int digits) {
    for (int i = Numbers.digitCount(Math.abs(value)); i < digits; i++) {
      out.append((byte) '0');
    }
    Numbers.append(out, value);
  }
}
