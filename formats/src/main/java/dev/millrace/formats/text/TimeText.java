package dev.millrace.formats.text;

import dev.millrace.engine.batch.ByteHeap;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Dates and times in the shapes that Flink's text formats know: {@code 2024-02-29}, {@code
 * 13:04:05.678}, and both joined by a separator.
 *
 * <p>The functions on bytes know the usual shape only, and report anything else as {@link #NONE}:
 * then one of the formatters here decides, which are Flink's ({@code
 * org.apache.flink.formats.common.TimeFormats}).
 */
public final class TimeText {
  /** What the parsers of bytes return for text that is not of the usual shape. */
  public static final long NONE = Long.MIN_VALUE;

  public static final DateTimeFormatter DATE = DateTimeFormatter.ISO_LOCAL_DATE;

  /** {@code HH:mm:ss} and up to nine digits of a fraction. */
  public static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.ROOT);

  public static final DateTimeFormatter SQL_TIMESTAMP =
      new DateTimeFormatterBuilder()
          .append(DATE)
          .appendLiteral(' ')
          .append(TIME)
          .toFormatter(Locale.ROOT);

  public static final DateTimeFormatter SQL_TIMESTAMP_UTC =
      new DateTimeFormatterBuilder()
          .append(DATE)
          .appendLiteral(' ')
          .append(TIME)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT);

  public static final DateTimeFormatter ISO_TIMESTAMP = DateTimeFormatter.ISO_LOCAL_DATE_TIME;

  public static final DateTimeFormatter ISO_TIMESTAMP_UTC =
      new DateTimeFormatterBuilder()
          .append(DATE)
          .appendLiteral('T')
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendLiteral('Z')
          .toFormatter(Locale.ROOT);

  private static final int DATE_LENGTH = 10;
  private static final int TIME_LENGTH = 8;
  private static final int NANO_DIGITS = 9;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int NANOS_PER_MILLI = 1_000_000;
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final int DAYS_TO_EPOCH = 719_468;
  private static final int DAYS_PER_ERA = 146_097;
  private static final byte[] DAYS_IN_MONTH = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

  private TimeText() {}

  /** Days since 1970-01-01 of a date {@code yyyy-MM-dd} that fills the range, or {@link #NONE}. */
  public static long epochDay(byte[] data, int start, int stop) {
    if (stop - start != DATE_LENGTH || data[start + 4] != '-' || data[start + 7] != '-') {
      return NONE;
    }
    int century = twoDigits(data, start);
    int yearOfCentury = twoDigits(data, start + 2);
    int month = twoDigits(data, start + 5);
    int day = twoDigits(data, start + 8);
    if ((century | yearOfCentury | month | day) < 0) {
      return NONE;
    }
    int year = century * 100 + yearOfCentury;
    if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) {
      return NONE;
    }
    return epochDay(year, month, day);
  }

  /** Nanoseconds of the day of a time {@code HH:mm:ss[.f]} that fills the range, or NONE. */
  public static long nanoOfDay(byte[] data, int start, int stop) {
    int length = stop - start;
    if (length < TIME_LENGTH || data[start + 2] != ':' || data[start + 5] != ':') {
      return NONE;
    }
    int hour = twoDigits(data, start);
    int minute = twoDigits(data, start + 3);
    int second = twoDigits(data, start + 6);
    if ((hour | minute | second) < 0 || hour > 23 || minute > 59 || second > 59) {
      return NONE;
    }
    long fraction = length == TIME_LENGTH ? 0 : fraction(data, start + TIME_LENGTH, stop);
    return fraction < 0
        ? NONE
        : ((hour * 60L + minute) * 60L + second) * NANOS_PER_SECOND + fraction;
  }

  /** Nanoseconds of a fraction {@code .f} of one to nine digits, or NONE. */
  private static long fraction(byte[] data, int start, int stop) {
    int digits = stop - start - 1;
    if (data[start] != '.' || digits < 1 || digits > NANO_DIGITS) {
      return NONE;
    }
    long value = 0;
    for (int i = start + 1; i < stop; i++) {
      int digit = data[i] - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      value = value * 10 + digit;
    }
    for (int i = digits; i < NANO_DIGITS; i++) {
      value *= 10;
    }
    return value;
  }

  /** The number of two digits, or a negative one if they are not digits. */
  private static int twoDigits(byte[] data, int at) {
    int tens = data[at] - '0';
    int ones = data[at + 1] - '0';
    return (tens | ones | (9 - tens) | (9 - ones)) < 0 ? -1 : tens * 10 + ones;
  }

  private static int daysInMonth(int year, int month) {
    return month == 2 && isLeap(year) ? 29 : DAYS_IN_MONTH[month - 1];
  }

  private static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  /** Howard Hinnant's days_from_civil, for years from 0 on. */
  private static long epochDay(int year, int month, int day) {
    int shifted = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(shifted, 400);
    int yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return (long) era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
  }

  /** Appends {@code yyyy-MM-dd}. */
  public static void appendDate(ByteHeap to, long epochDay) {
    // Howard Hinnant's civil_from_days.
    long shifted = epochDay + DAYS_TO_EPOCH;
    long era = Math.floorDiv(shifted, (long) DAYS_PER_ERA);
    int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
    int yearOfEra =
        (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / (DAYS_PER_ERA - 1)) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int shiftedMonth = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
    int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    if (year < 0 || year > 9999) {
      to.append(DATE.format(LocalDate.ofEpochDay(epochDay)).getBytes(StandardCharsets.US_ASCII));
      return;
    }
    byte[] data = to.reserve(DATE_LENGTH);
    int at = to.length();
    putTwo(data, at, (int) year / 100);
    putTwo(data, at + 2, (int) year % 100);
    data[at + 4] = '-';
    putTwo(data, at + 5, month);
    data[at + 7] = '-';
    putTwo(data, at + 8, day);
    to.advance(DATE_LENGTH);
  }

  /** Appends {@code HH:mm:ss} and as many digits of a fraction as are needed. */
  public static void appendTime(ByteHeap to, long nanoOfDay) {
    int seconds = (int) (nanoOfDay / NANOS_PER_SECOND);
    int nanos = (int) (nanoOfDay % NANOS_PER_SECOND);
    byte[] data = to.reserve(TIME_LENGTH + 1 + NANO_DIGITS);
    int at = to.length();
    putTwo(data, at, seconds / 3600);
    data[at + 2] = ':';
    putTwo(data, at + 3, seconds / 60 % 60);
    data[at + 5] = ':';
    putTwo(data, at + 6, seconds % 60);
    to.advance(nanos == 0 ? TIME_LENGTH : TIME_LENGTH + putFraction(data, at + TIME_LENGTH, nanos));
  }

  /** Appends date, separator and time of milliseconds since the epoch and nanoseconds of them. */
  public static void appendTimestamp(ByteHeap to, long millis, int nanosOfMilli, char separator) {
    appendDate(to, Math.floorDiv(millis, MILLIS_PER_DAY));
    to.append((byte) separator);
    appendTime(to, Math.floorMod(millis, MILLIS_PER_DAY) * NANOS_PER_MILLI + nanosOfMilli);
  }

  private static void putTwo(byte[] data, int at, int value) {
    data[at] = (byte) ('0' + value / 10);
    data[at + 1] = (byte) ('0' + value % 10);
  }

  /** Writes a point and the digits up to the last that is not zero; returns how many bytes. */
  private static int putFraction(byte[] data, int at, int nanos) {
    int digits = NANO_DIGITS;
    int rest = nanos;
    while (rest % 10 == 0) {
      rest /= 10;
      digits--;
    }
    data[at] = '.';
    for (int i = digits; i > 0; i--) {
      data[at + i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return digits + 1;
  }

  /** Milliseconds since the epoch of a day and nanoseconds of it. */
  public static long millis(long epochDay, long nanoOfDay) {
    return epochDay * MILLIS_PER_DAY + nanoOfDay / NANOS_PER_MILLI;
  }

  /** Nanoseconds of the millisecond. */
  public static int nanosOfMilli(long nanoOfDay) {
    return (int) (nanoOfDay % NANOS_PER_MILLI);
  }

  /** Milliseconds of the day. */
  public static int milliOfDay(LocalTime time) {
    return (int) (time.toNanoOfDay() / NANOS_PER_MILLI);
  }
}
