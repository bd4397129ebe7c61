package dev.millrace.formats.json;

import dev.millrace.engine.batch.IntBuilder;
import dev.millrace.engine.batch.TimestampBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.formats.text.TimeText;
import java.time.DateTimeException;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;

/**
 * Reads dates and times from strings; the subclasses are the types. The usual shape is read from
 * the bytes, any other is left to the formatter that Flink uses.
 */
abstract class TimeReader extends ScalarReader {
  private final DateTimeFormatter formatter;

  private TimeReader(Place place, DateTimeFormatter formatter) {
    super(place);
    this.formatter = formatter;
  }

  /** Appends what the range writes; false if it is not of the usual shape. */
  abstract boolean append(byte[] data, int from, int to);

  abstract void append(TemporalAccessor parsed);

  @Override
  final boolean string(JsonInput in, int from, int stringEnd) {
    if (stringEnd >= 0 && append(in.data(), from, stringEnd)) {
      return true;
    }
    try {
      append(formatter.parse(in.string(from, stringEnd)));
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** DATE. */
  static final class OfDate extends TimeReader {
    private IntBuilder builder;

    OfDate(Place place) {
      super(place, TimeText.DATE);
    }

    @Override
    boolean append(byte[] data, int from, int to) {
      long day = TimeText.epochDay(data, from, to);
      if (day == TimeText.NONE) {
        return false;
      }
      builder.append((int) day);
      return true;
    }

    @Override
    void append(TemporalAccessor parsed) {
      builder.append((int) parsed.query(TemporalQueries.localDate()).toEpochDay());
    }

    @Override
    VectorBuilder builder() {
      return builder;
    }

    @Override
    void bind(VectorBuilder to) {
      builder = (IntBuilder) to;
    }
  }

  /** TIME, of which milliseconds are kept. */
  static final class OfTime extends TimeReader {
    private IntBuilder builder;

    OfTime(Place place) {
      super(place, TimeText.TIME);
    }

    @Override
    boolean append(byte[] data, int from, int to) {
      long nano = TimeText.nanoOfDay(data, from, to);
      if (nano == TimeText.NONE) {
        return false;
      }
      builder.append((int) TimeText.millis(0, nano));
      return true;
    }

    @Override
    void append(TemporalAccessor parsed) {
      builder.append(TimeText.milliOfDay(parsed.query(TemporalQueries.localTime())));
    }

    @Override
    VectorBuilder builder() {
      return builder;
    }

    @Override
    void bind(VectorBuilder to) {
      builder = (IntBuilder) to;
    }
  }

  /** TIMESTAMP and, with a Z behind it, TIMESTAMP_LTZ; all digits of the fraction are kept. */
  static final class OfTimestamp extends TimeReader {
    private static final int DATE_LENGTH = 10;

    private final char separator;
    private final boolean utc;
    private TimestampBuilder builder;

    OfTimestamp(Place place, boolean iso, boolean utc) {
      super(
          place,
          iso
              ? utc ? TimeText.ISO_TIMESTAMP_UTC : TimeText.ISO_TIMESTAMP
              : utc ? TimeText.SQL_TIMESTAMP_UTC : TimeText.SQL_TIMESTAMP);
      this.separator = iso ? 'T' : ' ';
      this.utc = utc;
    }

    @Override
    boolean append(byte[] data, int from, int to) {
      int dateEnd = from + DATE_LENGTH;
      int timeEnd = utc ? to - 1 : to;
      if (timeEnd <= dateEnd || data[dateEnd] != separator || (utc && data[timeEnd] != 'Z')) {
        return false;
      }
      long day = TimeText.epochDay(data, from, dateEnd);
      long nano = TimeText.nanoOfDay(data, dateEnd + 1, timeEnd);
      if (day == TimeText.NONE || nano == TimeText.NONE) {
        return false;
      }
      builder.append(TimeText.millis(day, nano), TimeText.nanosOfMilli(nano));
      return true;
    }

    @Override
    void append(TemporalAccessor parsed) {
      long nano = parsed.query(TemporalQueries.localTime()).toNanoOfDay();
      long day = parsed.query(TemporalQueries.localDate()).toEpochDay();
      builder.append(TimeText.millis(day, nano), TimeText.nanosOfMilli(nano));
    }

    @Override
    VectorBuilder builder() {
      return builder;
    }

    @Override
    void bind(VectorBuilder to) {
      builder = (TimestampBuilder) to;
    }
  }
}
