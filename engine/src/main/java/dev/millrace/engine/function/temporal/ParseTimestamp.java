package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.TimestampBuilder;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.text.Compiled;
import dev.millrace.engine.text.Dates;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;

/** TO_TIMESTAMP and TO_TIMESTAMP_LTZ of strings. */
final class ParseTimestamp {
  private static final int MILLIS_PRECISION = 3;
  private static final int NANOS_PRECISION = 9;

  /** Dates with an optional time and an optional fraction. */
  private static final DateTimeFormatter DEFAULT =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-[MM][M]-[dd][d]")
          .optionalStart()
          .appendPattern(" [HH][H]:[mm][m]:[ss][s]")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, NANOS_PRECISION, true)
          .optionalEnd()
          .toFormatter(Patterns.LOCALE);

  /** The fixed forms of the default, by length; null where there is none. */
  private static final FixedPattern[] DEFAULT_FIXED = new FixedPattern[30];

  static {
    DEFAULT_FIXED[10] = FixedPattern.compile("yyyy-MM-dd", true);
    DEFAULT_FIXED[19] = FixedPattern.compile(Patterns.DEFAULT, true);
    for (int digits = 1; digits <= NANOS_PRECISION; digits++) {
      DEFAULT_FIXED[20 + digits] =
          FixedPattern.compile(Patterns.DEFAULT + "." + "S".repeat(digits), true);
    }
  }

  /** How to read a text: by the default if there is no formatter. */
  private record Reader(DateTimeFormatter formatter, FixedPattern fixed, int precision) {
    static final Reader BY_DEFAULT = new Reader(null, null, MILLIS_PRECISION);

    /** The local milliseconds of a text of a fixed form, or {@link FixedPattern#NO_MATCH}. */
    long readFixed(byte[] data, int start, int length) {
      FixedPattern form = fixed;
      if (formatter == null) {
        form = length < DEFAULT_FIXED.length ? DEFAULT_FIXED[length] : null;
      }
      return form == null || precision > MILLIS_PRECISION
          ? FixedPattern.NO_MATCH
          : form.parse(data, start, length);
    }

    /** Null if a text is not of the pattern, nor of the forms that JDBC reads. */
    LocalDateTime read(String text) {
      if (formatter == null) {
        return toDateTime(DEFAULT.parse(text), precision);
      }
      TemporalAccessor parsed;
      try {
        parsed = formatter.parse(text);
      } catch (DateTimeParseException e) {
        return readJdbc(text.trim());
      }
      return toDateTime(parsed, precision);
    }

    private static LocalDateTime readJdbc(String text) {
      try {
        return text.indexOf(' ') >= 0
            ? Timestamp.valueOf(text).toLocalDateTime()
            : Date.valueOf(text).toLocalDate().atStartOfDay();
      } catch (IllegalArgumentException e) {
        return null;
      }
    }
  }

  private final FunctionCall call;
  private final boolean failing;
  private final Compiled<Reader> readers;

  /** A failing one reports texts that name no existing time, others make null of them. */
  private ParseTimestamp(FunctionCall call, boolean failing, boolean milliseconds) {
    this.call = call;
    this.failing = failing;
    this.readers =
        call.arity() == 1
            ? null
            : new Compiled<>(call.argument(1), pattern -> reader(pattern, milliseconds));
  }

  /** TO_TIMESTAMP(text[, pattern]), to the millisecond. */
  static Expression timestamp(FunctionCall call) {
    return new ParseTimestamp(call, false, true).create();
  }

  /** TO_TIMESTAMP_LTZ(text[, pattern[, zone]]); as UTC without a zone. */
  static Expression instant(FunctionCall call) {
    return new ParseTimestamp(call, true, false).create();
  }

  private Expression create() {
    return new StrictCall(call.type(), call.arguments(), this::compute);
  }

  /** Null if the pattern is malformed. Without {@code milliseconds}, its fraction decides. */
  private static Reader reader(String pattern, boolean milliseconds) {
    Patterns.ForTimestamps compiled = Patterns.forTimestamps(pattern);
    if (compiled == null) {
      return null;
    }
    int fraction = pattern.length() - pattern.replaceAll("S+$", "").length();
    int precision =
        milliseconds
            ? MILLIS_PRECISION
            : Math.max(MILLIS_PRECISION, Math.min(NANOS_PRECISION, fraction));
    return new Reader(compiled.formatter(), compiled.fixed(), precision);
  }

  private Vector compute(Vector[] arguments, Result result) {
    BytesVector texts = (BytesVector) arguments[0];
    BytesVector zones = arguments.length > 2 ? (BytesVector) arguments[2] : null;
    TimestampBuilder values = new TimestampBuilder();
    for (int i = 0; i < result.count(); i++) {
      if (result.isNull(i)) {
        values.append(0);
        continue;
      }
      Reader reader =
          readers == null ? Reader.BY_DEFAULT : readers.get((BytesVector) arguments[1], i);
      long fixed =
          reader == null || zones != null
              ? FixedPattern.NO_MATCH
              : reader.readFixed(texts.data(), texts.starts()[i], texts.lengths()[i]);
      if (fixed != FixedPattern.NO_MATCH) {
        values.append(fixed);
      } else {
        append(read(reader, texts, zones, i, result), values, i, result);
      }
    }
    return values.build().withNulls(result.nulls());
  }

  private Instant read(
      Reader reader, BytesVector texts, BytesVector zones, int row, Result result) {
    LocalDateTime time = null;
    try {
      time = reader == null ? null : reader.read(texts.string(row));
    } catch (DateTimeException e) {
      if (failing) {
        result.fail(row, call.name() + ": " + e.getMessage(), e);
      }
    }
    if (time == null) {
      return null;
    }
    try {
      return time.atZone(zones == null ? ZoneOffset.UTC : ZoneId.of(zones.string(row))).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static void append(Instant value, TimestampBuilder to, int row, Result result) {
    if (value != null) {
      to.append(
          value.toEpochMilli(), value.get(ChronoField.NANO_OF_SECOND) % Dates.NANOS_PER_MILLI);
      return;
    }
    to.append(0);
    if (!result.isNull(row)) {
      result.setNull(row);
    }
  }

  /** What a parser has not found is that of 1970-01-01 00:00:00. */
  private static LocalDateTime toDateTime(TemporalAccessor parsed, int precision) {
    int unit = 1;
    for (int i = precision; i < NANOS_PRECISION; i++) {
      unit *= 10;
    }
    int nanos = field(parsed, ChronoField.NANO_OF_SECOND, 0);
    return LocalDateTime.of(
        field(parsed, ChronoField.YEAR, 1970),
        field(parsed, ChronoField.MONTH_OF_YEAR, 1),
        field(parsed, ChronoField.DAY_OF_MONTH, 1),
        field(parsed, ChronoField.HOUR_OF_DAY, 0),
        field(parsed, ChronoField.MINUTE_OF_HOUR, 0),
        field(parsed, ChronoField.SECOND_OF_MINUTE, 0),
        nanos / unit * unit);
  }

  private static int field(TemporalAccessor parsed, ChronoField field, int missing) {
    return parsed.isSupported(field) ? parsed.get(field) : missing;
  }
}
