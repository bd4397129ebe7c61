package dev.millrace.engine.text;

import dev.millrace.engine.batch.ByteHeap;

/**
 * Dates, times of day and timestamps as ASCII text in byte arrays, and their calendar arithmetic.
 *
 * <p>Dates are days since 1970-01-01 in the proleptic Gregorian calendar, times of day
 * milliseconds, timestamps local milliseconds since 1970-01-01T00:00 plus nanoseconds of the
 * millisecond. Nothing is allocated. A {@code parse} method reads exactly the range; it stores its
 * result and returns true, or returns false and stores nothing.
 *
 * <p>The parsers of this class are those of Flink's CAST, with all that it lets pass; those of
 * {@link IsoDates} are strict.
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

  /** A field of a timestamp that is missing; what is missing has its least value. */
  private static final int ABSENT = -1;

  private static final int MAX_FIELD_DIGITS = 19;
  private static final int MAX_YEAR = 999_999_999;

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

  // ---------------------------------------------------------------- parsing

  /**
   * Parses {@code year[-month[-day]]} of the years 0 to 9999 to days since 1970-01-01. Anything
   * after a space that does not come first is ignored, spaces around the numbers too.
   */
  public static boolean parseDate(byte[] data, int start, int length, int[] to, int at) {
    int end = start + length;
    int space = indexOf(data, start, end, ' ');
    if (space > start) {
      end = space;
    }
    int hyphen1 = indexOf(data, start, end, '-');
    int year = number(data, start, hyphen1 < 0 ? end : hyphen1);
    int month = 1;
    int day = 1;
    if (hyphen1 >= 0) {
      int hyphen2 = indexOf(data, hyphen1 + 1, end, '-');
      month = number(data, hyphen1 + 1, hyphen2 < 0 ? end : hyphen2);
      day = hyphen2 < 0 ? 1 : number(data, hyphen2 + 1, end);
    }
    if (year < 0 || year > 9999 || month < 1 || month > 12) {
      return false;
    }
    if (day < 1 || day > monthLength(year, month)) {
      return false;
    }
    to[at] = (int) epochDay(year, month, day);
    return true;
  }

  /**
   * Parses {@code hour[:minute[:second[.fraction]]][(+|-)hour[:minute]]} to milliseconds, the
   * fraction rounded at its fourth digit, the offset added as its sign says; an offset can take the
   * result out of the day.
   */
  public static boolean parseTime(byte[] data, int start, int length, int[] to, int at) {
    int end = start + length;
    int colon1 = indexOf(data, start, end, ':');
    int zone = indexOf(data, start, end, '-');
    int sign = -1;
    if (zone < 0) {
      zone = indexOf(data, start, end, '+');
      sign = 1;
    }
    int timeEnd = zone < 0 ? end : zone;
    long offset = zone < 0 ? 0 : zoneOffset(data, zone + 1, end);
    if (offset < 0) {
      return false;
    }
    int hour = number(data, start, colon1 < 0 ? timeEnd : colon1);
    int minute = 0;
    int second = 0;
    int milli = 0;
    if (colon1 >= 0) {
      int colon2 = indexOf(data, colon1 + 1, end, ':');
      minute = number(data, colon1 + 1, colon2 < 0 ? timeEnd : colon2);
      if (colon2 >= 0) {
        int dot = indexOf(data, colon2, end, '.');
        if (dot >= 0 && dot + 1 > timeEnd) {
          return false;
        }
        second = number(data, colon2 + 1, dot < 0 ? timeEnd : dot);
        milli = dot < 0 ? 0 : fractionMillis(data, dot + 1, timeEnd);
      }
    }
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return false;
    }
    to[at] =
        hour * MILLIS_PER_HOUR
            + minute * MILLIS_PER_MINUTE
            + second * MILLIS_PER_SECOND
            + milli
            + sign * (int) offset;
    return true;
  }

  /** The milliseconds of {@code hour[:minute]} modulo 2^32, or -1. */
  private static long zoneOffset(byte[] data, int start, int end) {
    int colon = indexOf(data, start, end, ':');
    int hour = number(data, start, colon < 0 ? end : colon);
    int minute = colon < 0 ? 0 : number(data, colon + 1, end);
    return hour < 0 || minute < 0
        ? -1
        : Integer.toUnsignedLong(hour * MILLIS_PER_HOUR + minute * MILLIS_PER_MINUTE);
  }

  /**
   * The milliseconds that the digits of a fraction say, rounded at the fourth. Each character that
   * is no digit counts as a zero, one outside the BMP as two.
   */
  private static int fractionMillis(byte[] data, int from, int to) {
    int start = trimStart(data, from, to);
    int end = trimEnd(data, start, to);
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

  /**
   * Parses {@code year-[month]-[day][ [hour]:[minute]:[second][.fraction]]}, the fraction of up to
   * nine digits cut to {@code precision}, to local milliseconds and nanoseconds of the millisecond;
   * {@code nanos} may be null if the precision is at most 3.
   *
   * <p>Years have four digits, or more after a plus sign. A day beyond the end of its month means
   * the last one, 24:00:00 the next day's midnight, a missing field its least value.
   */
  public static boolean parseTimestamp(
      byte[] data, int start, int length, int precision, long[] millis, int[] nanos, int at) {
    int end = start + length;
    int i = yearEnd(data, start, end);
    if (i < 0 || i == end || data[i] != '-') {
      return false;
    }
    int year = number(data, data[start] == '+' ? start + 1 : start, i);
    long month = field(data, i + 1, end);
    i = position(month);
    if (month < 0 || i == end || data[i] != '-') {
      return false;
    }
    long day = field(data, i + 1, end);
    i = position(day);
    if (day < 0) {
      return false;
    }
    if (i == end) {
      return store(epochDay(year, value(month), value(day), 0), 0, precision, millis, nanos, at);
    }
    if (data[i] != ' ') {
      return false;
    }
    long hour = field(data, i + 1, end);
    i = position(hour);
    if (hour < 0 || i == end || data[i] != ':') {
      return false;
    }
    long minute = field(data, i + 1, end);
    i = position(minute);
    if (minute < 0 || i == end || data[i] != ':') {
      return false;
    }
    long second = field(data, i + 1, end);
    i = position(second);
    if (second < 0) {
      return false;
    }
    int nano = ABSENT;
    if (i < end) {
      int fractionStart = i + 1;
      if (data[i] != '.'
          || end - fractionStart > 9
          || !Numbers.allDigits(data, fractionStart, end)) {
        return false;
      }
      nano = fractionNanos(data, fractionStart, end);
    }
    long nanoOfDay = nanoOfDay(value(hour), value(minute), value(second), nano);
    if (nanoOfDay < 0) {
      return false;
    }
    // 24:00 of a date without a day stays on that date.
    boolean nextDay = nanoOfDay == MILLIS_PER_DAY * NANOS_PER_MILLI;
    int extraDays = nextDay && value(day) != ABSENT ? 1 : 0;
    long epochDay = epochDay(year, value(month), value(day), extraDays);
    return store(epochDay, nextDay ? 0 : nanoOfDay, precision, millis, nanos, at);
  }

  private static boolean store(
      long epochDay, long nanoOfDay, int precision, long[] millis, int[] nanos, int at) {
    if (epochDay == Long.MIN_VALUE) {
      return false;
    }
    int unit = POW10[9 - precision];
    long kept = nanoOfDay - nanoOfDay % unit;
    millis[at] = epochDay * MILLIS_PER_DAY + kept / NANOS_PER_MILLI;
    if (precision > 3) {
      nanos[at] = (int) (kept % NANOS_PER_MILLI);
    }
    return true;
  }

  /** Where the digits of the year end, or -1 if that is no year from 1 to 999,999,999. */
  private static int yearEnd(byte[] data, int start, int end) {
    int digits = start < end && data[start] == '+' ? start + 1 : start;
    int i = digitsEnd(data, digits, end);
    int count = i - digits;
    boolean wellFormed = digits == start ? count == 4 : count > 4 && count <= MAX_FIELD_DIGITS;
    if (!wellFormed) {
      return -1;
    }
    int year = number(data, digits, i);
    return year >= 1 && year <= MAX_YEAR ? i : -1;
  }

  /**
   * Reads a number that may be missing, and that may follow again right after its first two digits:
   * the value plus one in the high, where it ends in the low 32 bits; or -1.
   */
  private static long field(byte[] data, int start, int end) {
    int i = digitsEnd(data, start, end);
    int count = i - start;
    if (count == 0) {
      return start;
    }
    int value = number(data, start, start + Math.min(count, 2));
    boolean repeated =
        count > 2 && count - 2 <= MAX_FIELD_DIGITS && number(data, start + 2, i) == value;
    return count <= 2 || repeated ? (value + 1L) << 32 | i : -1;
  }

  private static int value(long field) {
    return (int) (field >> 32) - 1;
  }

  private static int position(long field) {
    return (int) field;
  }

  private static int digitsEnd(byte[] data, int start, int end) {
    int i = start;
    while (i < end && data[i] >= '0' && data[i] <= '9') {
      i++;
    }
    return i;
  }

  /** The day, with a day too large for its month cut to the last one, or MIN_VALUE if invalid. */
  private static long epochDay(int year, int month, int day, int extraDays) {
    boolean validMonth = month == ABSENT || (month >= 1 && month <= 12);
    boolean validDay = day == ABSENT || (day >= 1 && day <= 31 && month != ABSENT);
    if (!validMonth || !validDay) {
      return Long.MIN_VALUE;
    }
    int knownMonth = month == ABSENT ? 1 : month;
    int knownDay = day == ABSENT ? 1 : Math.min(day, monthLength(year, knownMonth));
    return epochDay(year, knownMonth, knownDay) + extraDays;
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
      return midnight && !gap ? MILLIS_PER_DAY * NANOS_PER_MILLI : -1;
    }
    if (hour > 23 || minute > 59 || second > 59) {
      return -1;
    }
    long seconds = Math.max(hour, 0) * 3600L + knownMinute * 60L + knownSecond;
    return seconds * 1_000_000_000L + knownNano;
  }

  /** The nanoseconds that the digits of a fraction, at most nine, say. */
  static int fractionNanos(byte[] data, int start, int end) {
    int nanos = 0;
    for (int i = start; i < end; i++) {
      nanos = nanos * 10 + data[i] - '0';
    }
    return nanos * POW10[9 - (end - start)];
  }

  /** The number that stands between white space, or -1 if it is not all digits or too large. */
  private static int number(byte[] data, int from, int to) {
    int start = trimStart(data, from, to);
    int end = trimEnd(data, start, to);
    if (start >= end) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = data[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
      if (value > Integer.MAX_VALUE) {
        return -1;
      }
    }
    return (int) value;
  }

  /** Skips the bytes that {@code String.trim} skips. */
  private static int trimStart(byte[] data, int from, int to) {
    int i = from;
    while (i < to && data[i] >= 0 && data[i] <= ' ') {
      i++;
    }
    return i;
  }

  private static int trimEnd(byte[] data, int from, int to) {
    int i = to;
    while (i > from && data[i - 1] >= 0 && data[i - 1] <= ' ') {
      i--;
    }
    return i;
  }

  private static int indexOf(byte[] data, int from, int to, char wanted) {
    for (int i = from; i < to; i++) {
      if (data[i] == wanted) {
        return i;
      }
    }
    return -1;
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
  static void writeTime(byte[] to, int at, int secondOfDay) {
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

  /** Appends {@code +days HH:mm:ss.SSS}, or with a minus, of an interval in milliseconds. */
  public static void appendDayTime(ByteHeap out, long millis) {
    out.append((byte) (millis >= 0 ? '+' : '-'));
    long magnitude = Math.abs(millis);
    Numbers.append(out, magnitude / MILLIS_PER_DAY);
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
