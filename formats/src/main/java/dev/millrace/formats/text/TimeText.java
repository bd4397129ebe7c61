package dev.millrace.formats.text;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.text.Dates;
import dev.millrace.engine.text.IsoDates;
import dev.millrace.engine.text.Numbers;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;

/**
 * Dates and times in the shapes that Flink's text formats know ({@code
 * org.apache.flink.formats.common.TimeFormats}): {@code 2024-02-29}, {@code 13:04:05.678}, and both
 * joined by a separator. The usual shapes are read by {@link IsoDates}, the rare ones by the
 * formatters here.
 */
public final class TimeText {
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

  private static final int TIME_LENGTH = 8;
  private static final int NANO_DIGITS = 9;
  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private TimeText() {}

  /** Appends {@code HH:mm:ss} and as many digits of a fraction as are needed. */
  public static void appendTime(ByteHeap to, long nanoOfDay) {
    int seconds = (int) (nanoOfDay / NANOS_PER_SECOND);
    int nanos = (int) (nanoOfDay % NANOS_PER_SECOND);
    byte[] data = to.reserve(TIME_LENGTH + 1 + NANO_DIGITS);
    int at = to.length();
    Dates.writeTime(data, at, seconds);
    to.advance(TIME_LENGTH);
    if (nanos != 0) {
      int digits = NANO_DIGITS;
      int fraction = nanos;
      while (fraction % 10 == 0) {
        fraction /= 10;
        digits--;
      }
      data[at + TIME_LENGTH] = '.';
      Numbers.writeDigits(data, at + TIME_LENGTH + 1, digits, fraction);
      to.advance(1 + digits);
    }
  }

  /** Appends date, separator and time of milliseconds since the epoch and nanoseconds of them. */
  public static void appendTimestamp(ByteHeap to, long millis, int nanosOfMilli, char separator) {
    IsoDates.appendDate(to, (int) Math.floorDiv(millis, Dates.MILLIS_PER_DAY));
    to.append((byte) separator);
    long milliOfDay = Math.floorMod(millis, Dates.MILLIS_PER_DAY);
    appendTime(to, milliOfDay * Dates.NANOS_PER_MILLI + nanosOfMilli);
  }
}
