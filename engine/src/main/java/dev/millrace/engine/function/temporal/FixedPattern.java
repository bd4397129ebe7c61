package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.text.Dates;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * A date pattern of fields of fixed width only, such as {@code yyyy-MM-dd HH:mm:ss}, which can be
 * written and read without a formatter. What doesn't fit is left to the formatter.
 *
 * <p>A position of the pattern is a literal character or a digit of a field, whose letter it is.
 */
final class FixedPattern {
  /** What {@link #parse} returns for a text that is not of this form. */
  static final long NO_MATCH = Long.MIN_VALUE;

  private static final int MAX_YEAR = 9999;
  private static final int EPOCH_YEAR = 1970;
  private static final int NANO_DIGITS = 9;

  private enum Field {
    LITERAL,
    YEAR,
    MONTH,
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    FRACTION
  }

  private final Field[] fields;

  /** The width of each field, or the character of a literal. */
  private final int[] widths;

  private final int length;

  /** How long the text stays the same, in milliseconds; 0 if it shows more than milliseconds. */
  private final int resolution;

  private FixedPattern(Field[] fields, int[] widths, int length) {
    this.fields = fields;
    this.widths = widths;
    this.length = length;
    this.resolution = resolution(Set.of(Arrays.stream(fields).distinct().toArray(Field[]::new)));
  }

  private static int resolution(Set<Field> fields) {
    if (fields.contains(Field.FRACTION)) {
      return 0;
    }
    if (fields.contains(Field.SECOND)) {
      return 1_000;
    }
    if (fields.contains(Field.MINUTE)) {
      return 60_000;
    }
    return fields.contains(Field.HOUR) ? 3_600_000 : (int) Unit.MILLIS_PER_DAY;
  }

  /**
   * A number that times with the same text have in common, or {@link #NO_MATCH} where that is
   * unknown.
   */
  long unit(long millis) {
    return resolution == 0 ? NO_MATCH : Math.floorDiv(millis, resolution);
  }

  int length() {
    return length;
  }

  /** The pattern, or null if it holds anything else; {@code S} is a fraction, if allowed. */
  static FixedPattern compile(String pattern, boolean fraction) {
    Field[] fields = new Field[pattern.length()];
    int[] widths = new int[pattern.length()];
    int count = 0;
    int length = 0;
    Set<Field> seen = EnumSet.noneOf(Field.class);
    for (int i = 0, end; i < pattern.length(); i = end) {
      char c = pattern.charAt(i);
      end = i + 1;
      Field field = Field.LITERAL;
      if (isLetter(c)) {
        while (end < pattern.length() && pattern.charAt(end) == c) {
          end++;
        }
        field = field(c, end - i, fraction);
        if (field == null || !seen.add(field)) {
          return null;
        }
      } else if (c >= 0x80 || "'[]{}#".indexOf(c) >= 0) {
        return null;
      }
      fields[count] = field;
      widths[count++] = field == Field.LITERAL ? c : end - i;
      length += end - i;
    }
    return new FixedPattern(Arrays.copyOf(fields, count), widths, length);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static Field field(char letter, int width, boolean fraction) {
    if (letter == 'S') {
      return fraction && width <= NANO_DIGITS ? Field.FRACTION : null;
    }
    if (width != (letter == 'y' ? 4 : 2)) {
      return null;
    }
    return switch (letter) {
      case 'y' -> Field.YEAR;
      case 'M' -> Field.MONTH;
      case 'd' -> Field.DAY;
      case 'H' -> Field.HOUR;
      case 'm' -> Field.MINUTE;
      case 's' -> Field.SECOND;
      default -> null;
    };
  }

  /** Whether {@link #append} can write this local time: its year has four digits. */
  static boolean canFormat(long millis) {
    int year = Calendar.year(Calendar.fromDays((int) Math.floorDiv(millis, Unit.MILLIS_PER_DAY)));
    return year > 0 && year <= MAX_YEAR;
  }

  /** Appends local time as one value. */
  void append(long millis, int nanosOfMilli, BytesBuilder values) {
    byte[] to = values.heap().reserve(length);
    int start = values.heap().length();
    write(millis, nanosOfMilli, to, start);
    values.heap().advance(length);
    values.appendRange(start, length);
  }

  private void write(long millis, int nanosOfMilli, byte[] to, int start) {
    long date = Calendar.fromDays((int) Math.floorDiv(millis, Unit.MILLIS_PER_DAY));
    int time = (int) Math.floorMod(millis, Unit.MILLIS_PER_DAY);
    int at = start;
    for (int i = 0; i < fields.length; i++) {
      int width = widths[i];
      switch (fields[i]) {
        case LITERAL -> {
          to[at] = (byte) width;
          width = 1;
        }
        case YEAR -> digits(Calendar.year(date), width, to, at);
        case MONTH -> digits(Calendar.month(date), width, to, at);
        case DAY -> digits(Calendar.day(date), width, to, at);
        case HOUR -> digits(time / 3_600_000, width, to, at);
        case MINUTE -> digits(time / 60_000 % 60, width, to, at);
        case SECOND -> digits(time / 1_000 % 60, width, to, at);
        case FRACTION -> {
          int nanos = time % 1_000 * 1_000_000 + nanosOfMilli;
          digits(nanos / powerOfTen(NANO_DIGITS - width), width, to, at);
        }
      }
      at += width;
    }
  }

  private static void digits(int value, int width, byte[] to, int start) {
    int rest = value;
    for (int i = start + width - 1; i >= start; i--) {
      to[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }

  private static int powerOfTen(int exponent) {
    int power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= 10;
    }
    return power;
  }

  /**
   * Local milliseconds of a text of exactly this form that names an existing time, fields not
   * mentioned being those of 1970-01-01 00:00:00; else {@link #NO_MATCH}.
   */
  long parse(byte[] from, int start, int textLength) {
    if (textLength != length) {
      return NO_MATCH;
    }
    int year = EPOCH_YEAR;
    int month = 1;
    int day = 1;
    int time = 0;
    int at = start;
    for (int i = 0; i < fields.length; i++) {
      Field field = fields[i];
      int width = widths[i];
      if (field == Field.LITERAL) {
        if (from[at++] != width) {
          return NO_MATCH;
        }
        continue;
      }
      int value = number(from, at, width);
      if (value < 0 || value > max(field)) {
        return NO_MATCH;
      }
      at += width;
      switch (field) {
        case YEAR -> year = value;
        case MONTH -> month = value;
        case DAY -> day = value;
        case HOUR -> time += value * 3_600_000;
        case MINUTE -> time += value * 60_000;
        case SECOND -> time += value * 1_000;
        default -> time += millis(value, width);
      }
    }
    if (year == 0 || month == 0 || day == 0 || day > Dates.monthLength(year, month)) {
      return NO_MATCH;
    }
    return (long) Calendar.toDays(year, month, day) * Unit.MILLIS_PER_DAY + time;
  }

  private static int millis(int fraction, int width) {
    return width > 3 ? fraction / powerOfTen(width - 3) : fraction * powerOfTen(3 - width);
  }

  private static int max(Field field) {
    return switch (field) {
      case MONTH -> 12;
      case DAY -> 31;
      case HOUR -> 23;
      case MINUTE, SECOND -> 59;
      default -> Integer.MAX_VALUE;
    };
  }

  /** The number that these bytes write in decimal digits, or -1. */
  private static int number(byte[] from, int start, int width) {
    int value = 0;
    for (int i = start; i < start + width; i++) {
      int digit = from[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
