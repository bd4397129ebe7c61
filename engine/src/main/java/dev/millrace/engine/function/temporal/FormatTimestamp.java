package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.text.Compiled;
import dev.millrace.engine.function.text.TextResult;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** DATE_FORMAT(timestamp, pattern). */
final class FormatTimestamp {
  /** From here on, a day after 1900-01-01, both of Java's kinds of time zones agree. */
  private static final long FIRST_AGREED = -2_208_902_400_000L;

  private final DataType type;
  private final Compiled<Patterns.ForTimestamps> patterns;

  private FormatTimestamp(FunctionCall call) {
    this.type = call.argumentType(0);
    this.patterns = new Compiled<>(call.argument(1), Patterns::forTimestamps);
  }

  static Expression create(FunctionCall call) {
    return new StrictCall(call.type(), call.arguments(), new FormatTimestamp(call)::compute);
  }

  private Vector compute(Vector[] arguments, Result result) {
    TimestampVector timestamps = (TimestampVector) arguments[0];
    BytesVector texts = (BytesVector) arguments[1];
    int count = result.count();
    boolean instants = type.is(TypeRoot.TIMESTAMP_LTZ);
    ZoneId zone = instants ? result.context().zone() : ZoneOffset.UTC;
    long[] local = Local.millis(timestamps, type, count, result.context());
    BytesBuilder values = TextResult.builder();
    FixedPattern last = null;
    long lastUnit = FixedPattern.NO_MATCH;
    int lastStart = 0;
    for (int i = 0; i < count; i++) {
      if (result.isNull(i)) {
        TextResult.skip(values);
        continue;
      }
      Patterns.ForTimestamps pattern = patterns.get(texts, i);
      boolean agreed = !instants || timestamps.millis()[i] >= FIRST_AGREED;
      if (pattern == null) {
        TextResult.skip(values);
        result.fail(i, "DATE_FORMAT: invalid pattern '" + texts.string(i) + "'", null);
        continue;
      }
      FixedPattern fixed = agreed ? pattern.fixed() : null;
      long unit = fixed == null ? FixedPattern.NO_MATCH : fixed.unit(local[i]);
      // Neighbouring times often have the same text: they share it.
      if (unit != FixedPattern.NO_MATCH && fixed == last && unit == lastUnit) {
        values.appendRange(lastStart, fixed.length());
      } else if (fixed != null && FixedPattern.canFormat(local[i])) {
        last = fixed;
        lastUnit = unit;
        lastStart = values.heap().length();
        fixed.append(local[i], timestamps.nanosAt(i), values);
      } else {
        append(pattern, timestamps, zone, i, values, result);
      }
    }
    return TextResult.finish(values, result);
  }

  private static void append(
      Patterns.ForTimestamps pattern,
      TimestampVector timestamps,
      ZoneId zone,
      int row,
      BytesBuilder to,
      Result result) {
    Instant instant =
        Instant.ofEpochMilli(timestamps.millis()[row]).plusNanos(timestamps.nanosAt(row));
    try {
      to.append(LocalDateTime.ofInstant(instant, zone).format(pattern.formatter()));
    } catch (DateTimeException e) {
      TextResult.skip(to);
      result.fail(row, "DATE_FORMAT: " + e.getMessage(), e);
    }
  }
}
