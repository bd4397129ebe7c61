package dev.millrace.formats.json;

import dev.millrace.engine.batch.IntBuilder;
import dev.millrace.engine.batch.TimestampBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.text.Dates;
import dev.millrace.engine.text.IsoDates;
import dev.millrace.engine.text.IsoTimestampParser;
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
  private int usualLength;

  private TimeReader(Place place, DateTimeFormatter formatter) {
    super(place);
    this.formatter = formatter;
  }

  /** Appends what the range writes; false if it is not of the usual shape. */
  abstract boolean append(byte[] data, int from, int length);

  abstract void append(TemporalAccessor parsed);

  /** The texts of a column mostly have one length: that is tried before their end is searched. */
  @Override
  final int read(JsonInput in, int position) {
    byte[] data = in.data();
    int from = position + 1;
    int close = from + usualLength;
    if (close < in.end()
        && data[close] == '"'
        && data[position] == '"'
        && append(data, from, usualLength)) {
      return close + 1;
    }
    int end = super.read(in, position);
    usualLength = Math.max(0, end - 1 - from);
    return end;
  }

  @Override
  final boolean string(JsonInput in, int from, int stringEnd) {
    if (stringEnd >= 0 && append(in.data(), from, stringEnd - from)) {
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
    private final int[] day = new int[1];
    private IntBuilder builder;

    OfDate(Place place) {
      super(place, TimeText.DATE);
    }

    @Override
    boolean append(byte[] data, int from, int length) {
      if (!IsoDates.parseDate(data, from, length, day, 0)) {
        return false;
      }
      builder.append(day[0]);
      return true;
    }

    @Override
    void append(TemporalAccessor parsed) {
      builder.append((int) parsed.query(TemporalQueries.localDate()).toEpochDay());
    }

    @Override
    void bind(VectorBuilder to) {
      super.bind(to);
      builder = (IntBuilder) to;
    }
  }

  /** TIME, of which milliseconds are kept. */
  static final class OfTime extends TimeReader {
    private final long[] nanoOfDay = new long[1];
    private IntBuilder builder;

    OfTime(Place place) {
      super(place, TimeText.TIME);
    }

    @Override
    boolean append(byte[] data, int from, int length) {
      if (!IsoDates.parseTime(data, from, length, nanoOfDay, 0)) {
        return false;
      }
      builder.append((int) (nanoOfDay[0] / Dates.NANOS_PER_MILLI));
      return true;
    }

    @Override
    void append(TemporalAccessor parsed) {
      long nano = parsed.query(TemporalQueries.localTime()).toNanoOfDay();
      builder.append((int) (nano / Dates.NANOS_PER_MILLI));
    }

    @Override
    void bind(VectorBuilder to) {
      super.bind(to);
      builder = (IntBuilder) to;
    }
  }

  /** TIMESTAMP and, with a Z behind it, TIMESTAMP_LTZ; all digits of the fraction are kept. */
  static final class OfTimestamp extends TimeReader {
    private final IsoTimestampParser parser;
    private final boolean utc;
    private TimestampBuilder builder;

    OfTimestamp(Place place, boolean iso, boolean utc) {
      super(
          place,
          iso
              ? utc ? TimeText.ISO_TIMESTAMP_UTC : TimeText.ISO_TIMESTAMP
              : utc ? TimeText.SQL_TIMESTAMP_UTC : TimeText.SQL_TIMESTAMP);
      this.parser = new IsoTimestampParser(iso ? 'T' : ' ');
      this.utc = utc;
    }

    @Override
    boolean append(byte[] data, int from, int length) {
      int shown = utc ? length - 1 : length;
      if ((utc && (length == 0 || data[from + shown] != 'Z')) || !parser.parse(data, from, shown)) {
        return false;
      }
      builder.append(parser.millis(), parser.nanos());
      return true;
    }

    @Override
    void append(TemporalAccessor parsed) {
      long nano = parsed.query(TemporalQueries.localTime()).toNanoOfDay();
      long day = parsed.query(TemporalQueries.localDate()).toEpochDay();
      builder.append(
          day * Dates.MILLIS_PER_DAY + nano / Dates.NANOS_PER_MILLI,
          (int) (nano % Dates.NANOS_PER_MILLI));
    }

    @Override
    void bind(VectorBuilder to) {
      super.bind(to);
      builder = (TimestampBuilder) to;
    }
  }
}
