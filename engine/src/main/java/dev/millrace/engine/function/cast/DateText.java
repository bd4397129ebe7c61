package dev.millrace.engine.function.cast;

import dev.millrace.engine.text.Dates;

/** Text that a cast takes for a date. */
final class DateText {
  private DateText() {}

  /**
   * Parses {@code year[-month[-day]]} of the years 0 to 9999 to days since 1970-01-01. Anything
   * after a space that does not come first is ignored, spaces around the numbers too.
   */
  static boolean parse(byte[] data, int start, int length, int[] to, int at) {
    int end = start + length;
    int space = Scan.indexOf(data, start, end, ' ');
    if (space > start) {
      end = space;
    }
    int hyphen1 = Scan.indexOf(data, start, end, '-');
    int year = Scan.number(data, start, hyphen1 < 0 ? end : hyphen1);
    int month = 1;
    int day = 1;
    if (hyphen1 >= 0) {
      int hyphen2 = Scan.indexOf(data, hyphen1 + 1, end, '-');
      month = Scan.number(data, hyphen1 + 1, hyphen2 < 0 ? end : hyphen2);
      day = hyphen2 < 0 ? 1 : Scan.number(data, hyphen2 + 1, end);
    }
    if (year < 0 || year > 9999 || month < 1 || month > 12) {
      return false;
    }
    if (day < 1 || day > Dates.monthLength(year, month)) {
      return false;
    }
    to[at] = (int) Dates.epochDay(year, month, day);
    return true;
  }
}
