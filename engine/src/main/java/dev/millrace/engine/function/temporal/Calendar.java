package dev.millrace.engine.function.temporal;

import dev.millrace.engine.text.Dates;

/**
 * The Gregorian calendar over days since 1970-01-01, by way of Julian day numbers.
 *
 * <p>The conversions are those of Fliegel and van Flandern (1968), in Flink's order of evaluation,
 * so that dates beyond the years that SQL has overflow in the same way.
 */
final class Calendar {
  private static final int EPOCH_JULIAN = 2_440_588;
  private static final int LAST_JULIAN_CALENDAR_DAY = 2_299_160;
  private static final int DAYS_PER_400_YEARS = 146_097;
  private static final int DAYS_PER_4_YEARS = 1_461;

  private Calendar() {}

  /** Days since 1970-01-01 of a date, which need not exist. */
  static int toDays(int year, int month, int day) {
    return toJulian(year, month, day) - EPOCH_JULIAN;
  }

  private static int toJulian(int year, int month, int day) {
    int januaryOrFebruary = (14 - month) / 12;
    int y = year + 4800 - januaryOrFebruary;
    int m = month + 12 * januaryOrFebruary - 3;
    return day + (153 * m + 2) / 5 + 365 * y + y / 4 - y / 100 + y / 400 - 32_045;
  }

  /** A date packed into a long, so that a loop allocates nothing: see the three readers below. */
  static long fromDays(int days) {
    int fromStart = days + EPOCH_JULIAN + 32_044;
    int era = fromStart / DAYS_PER_400_YEARS;
    int dayOfEra = fromStart % DAYS_PER_400_YEARS;
    int century = (dayOfEra / 36_524 + 1) * 3 / 4;
    int dayOfCentury = dayOfEra - century * 36_524;
    int cycle = dayOfCentury / DAYS_PER_4_YEARS;
    int dayOfCycle = dayOfCentury % DAYS_PER_4_YEARS;
    int yearOfCycle = (dayOfCycle / 365 + 1) * 3 / 4;
    int dayOfYear = dayOfCycle - yearOfCycle * 365;
    int yearFromMarch = era * 400 + century * 100 + cycle * 4 + yearOfCycle;
    int monthFromMarch = (dayOfYear * 5 + 308) / 153 - 2;
    int day = dayOfYear - (monthFromMarch + 4) * 153 / 5 + 123;
    return pack(
        yearFromMarch - 4800 + (monthFromMarch + 2) / 12, (monthFromMarch + 2) % 12 + 1, day);
  }

  private static long pack(int year, int month, int day) {
    return ((long) year << 32) | ((month & 0xFFFFL) << 16) | (day & 0xFFFFL);
  }

  static int year(long date) {
    return (int) (date >> 32);
  }

  static int month(long date) {
    return (short) (date >> 16);
  }

  static int day(long date) {
    return (short) date;
  }

  /** A date so many months later, or the last day of that month if the day doesn't exist. */
  static int addMonths(int days, int months) {
    long date = fromDays(days);
    int sum = month(date) + months;
    int year = year(date) + Math.floorDiv(sum, 12);
    int month = Math.floorMod(sum, 12);
    if (month == 0) {
      year--;
      month = 12;
    }
    return toDays(year, month, Math.min(day(date), Dates.monthLength(year, month)));
  }

  /** A timestamp in milliseconds so many months later, at the same time of day. */
  static long addMonths(long millis, int months) {
    long timeOfDay = Math.floorMod(millis, Unit.MILLIS_PER_DAY);
    int days = (int) ((millis - timeOfDay) / Unit.MILLIS_PER_DAY);
    return addMonths(days, months) * Unit.MILLIS_PER_DAY + timeOfDay;
  }

  /** Whole months from one date to another; negative if it is earlier. */
  static int monthsBetween(int from, int to) {
    if (to < from) {
      return -monthsBetween(to, from);
    }
    int months = (to - from) / 31;
    while (addMonths(from, months) < to && addMonths(from, months + 1) <= to) {
      months++;
    }
    return months;
  }

  /** Whole months from one timestamp to another; negative if it is earlier. */
  static int monthsBetween(long from, long to) {
    int fromDay = (int) Math.floorDiv(from, Unit.MILLIS_PER_DAY);
    int toDay = (int) Math.floorDiv(to, Unit.MILLIS_PER_DAY);
    int months = monthsBetween(fromDay, toDay);
    boolean laterInDay =
        Math.floorMod(to, Unit.MILLIS_PER_DAY) < Math.floorMod(from, Unit.MILLIS_PER_DAY);
    return addMonths(fromDay, months) == toDay && laterInDay ? months - 1 : months;
  }

  /** A field of a date, by a unit of at least a day. */
  static long extract(Unit unit, int days) {
    long date = fromDays(days);
    int year = year(date);
    return switch (unit) {
      case YEAR -> year;
      case MONTH -> month(date);
      case DAY -> day(date);
      case QUARTER -> (month(date) + 2) / 3;
      case DOW -> Math.floorMod((long) (days + EPOCH_JULIAN + 1), 7L) + 1;
      case ISODOW -> isoDayOfWeek(days);
      case DOY -> days - toDays(year, 1, 1) + 1;
      case WEEK -> isoWeek(days);
      case ISOYEAR -> isoYear(days, date);
      case DECADE -> year / 10;
      case CENTURY -> year > 0 ? (year + 99) / 100 : (year - 99) / 100;
      case MILLENNIUM -> year > 0 ? (year + 999) / 1000 : (year - 999) / 1000;
      default -> throw new IllegalArgumentException("no field of a date: " + unit);
    };
  }

  /** 1 for Monday to 7 for Sunday. */
  private static int isoDayOfWeek(int days) {
    return Math.floorMod(days + EPOCH_JULIAN, 7) + 1;
  }

  /** The week by ISO 8601: the first one of a year is that of its first Thursday. */
  private static int isoWeek(int days) {
    int thursday = days - isoDayOfWeek(days) + 4;
    return (thursday - toDays(year(fromDays(thursday)), 1, 1)) / 7 + 1;
  }

  /** The year that the ISO week belongs to. */
  private static int isoYear(int days, long date) {
    int week = isoWeek(days);
    if (week == 1 && month(date) == 12) {
      return year(date) + 1;
    }
    return month(date) == 1 && week > 50 ? year(date) - 1 : year(date);
  }

  /** The first day of the period that a date lies in; CEIL's is that of the next one. */
  static int round(Unit unit, int days, boolean up) {
    // Flink rounds by the Julian calendar before the reform of 1582, but counts by the Gregorian.
    int julian = days + EPOCH_JULIAN;
    int c = julian + 32_082;
    int b = 0;
    if (julian > LAST_JULIAN_CALENDAR_DAY) {
      int a = julian + 32_044;
      b = (4 * a + 3) / DAYS_PER_400_YEARS;
      c = a - b * DAYS_PER_400_YEARS / 4;
    }
    int d = (4 * c + 3) / DAYS_PER_4_YEARS;
    int e = c - DAYS_PER_4_YEARS * d / 4;
    int m = (5 * e + 2) / 153;
    int day = e - (153 * m + 2) / 5 + 1;
    int month = m + 3 - 12 * (m / 10);
    int year = b * 100 + d - 4800 + m / 10;
    boolean next = up && !(month == 1 && day == 1);
    return switch (unit) {
      case MILLENNIUM -> toDays(1000 * ((year + 999) / 1000) + (up ? 1 : -999), 1, 1);
      case CENTURY -> toDays(100 * ((year + 99) / 100) + (up ? 1 : -99), 1, 1);
      case DECADE -> toDays(10 * (year / 10 + (up ? 1 : 0)), 1, 1);
      case YEAR -> toDays(next ? year + 1 : year, 1, 1);
      case QUARTER -> toDays(year, ((month + 2) / 3 + (next ? 1 : 0)) * 3 - 2, 1);
      case MONTH -> toDays(year, up && day > 1 ? month + 1 : month, 1);
      case WEEK -> {
        int sinceSunday = Math.floorMod(julian + 1, 7);
        yield toDays(year, month, day) - sinceSunday + (up && sinceSunday > 0 ? 7 : 0);
      }
      case DAY -> toDays(year, month, day) + (up ? 1 : 0);
      default -> throw new IllegalArgumentException("no period of days: " + unit);
    };
  }
}
