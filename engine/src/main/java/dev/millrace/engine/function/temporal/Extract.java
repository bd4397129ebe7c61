package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.List;

/** EXTRACT(unit FROM value), to which the planner brings YEAR(value) and the like too. */
final class Extract {
  private static final long SECONDS_PER_DAY = 86_400;

  private final Unit unit;
  private final DataType type;

  private Extract(Unit unit, DataType type) {
    this.unit = unit;
    this.type = type;
  }

  static Expression create(FunctionCall call) {
    Extract extract = new Extract(Unit.of(call, 0), call.argumentType(1));
    if (!extract.isSupported()) {
      throw call.unsupported();
    }
    return new StrictCall(call.type(), List.of(call.argument(1)), extract::compute);
  }

  private boolean isSupported() {
    return switch (type.root()) {
      case TIMESTAMP, TIMESTAMP_LTZ -> true;
      case DATE -> !isSubMillisecond();
      case TIME -> unit.isTimeOfDay() && !isSubMillisecond();
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME ->
          unit.size() > 0 && unit != Unit.WEEK && unit != Unit.DECADE;
      default -> false;
    };
  }

  private boolean isSubMillisecond() {
    return unit == Unit.NANOSECOND || unit == Unit.MICROSECOND;
  }

  private boolean isInterval() {
    return type.is(TypeRoot.INTERVAL_DAY_TIME) || type.is(TypeRoot.INTERVAL_YEAR_MONTH);
  }

  private Vector compute(Vector[] arguments, Result result) {
    int count = result.count();
    long[] values =
        arguments[0] instanceof TimestampVector timestamps
            ? Local.millis(timestamps, type, count, result.context())
            : NumericArrays.longs(arguments[0], count);
    return new LongVector(count, extract(values, arguments[0], count), result.nulls());
  }

  private long[] extract(long[] values, Vector argument, int count) {
    if (isSubMillisecond()) {
      return subMillisecond(values, (TimestampVector) argument, count);
    }
    if (!unit.isTimeOfDay() && !isInterval()) {
      return unit == Unit.EPOCH ? epoch(values, count) : dateField(values, count);
    }
    return unit == Unit.QUARTER ? quarter(values, count) : count(values, count);
  }

  /** Days before 1970 begin at the end of the day before, as in Flink. */
  private long[] dateField(long[] values, int count) {
    long perDay = type.is(TypeRoot.DATE) ? 1 : Unit.MILLIS_PER_DAY;
    long[] fields = new long[count];
    for (int i = 0; i < count; i++) {
      fields[i] = Calendar.extract(unit, (int) (values[i] / perDay));
    }
    return fields;
  }

  private long[] epoch(long[] values, int count) {
    boolean date = type.is(TypeRoot.DATE);
    long[] seconds = new long[count];
    for (int i = 0; i < count; i++) {
      seconds[i] = date ? values[i] * SECONDS_PER_DAY : values[i] / Unit.SECOND.size();
    }
    return seconds;
  }

  private long[] count(long[] values, int count) {
    long modulus = unit.modulus();
    long size = unit.size();
    long[] counts = new long[count];
    for (int i = 0; i < count; i++) {
      counts[i] = (modulus == 1 ? values[i] : values[i] % modulus) / size;
    }
    return counts;
  }

  private static long[] quarter(long[] months, int count) {
    long[] quarters = new long[count];
    for (int i = 0; i < count; i++) {
      quarters[i] = (months[i] % Unit.YEAR.size() - 1) / Unit.QUARTER.size() + 1;
    }
    return quarters;
  }

  private long[] subMillisecond(long[] millis, TimestampVector timestamps, int count) {
    int perMilli = unit == Unit.NANOSECOND ? 1_000_000 : 1_000;
    int nanosPer = 1_000_000 / perMilli;
    long[] parts = new long[count];
    for (int i = 0; i < count; i++) {
      parts[i] = millis[i] % 1_000 * perMilli + timestamps.nanosAt(i) / nanosPer;
    }
    return parts;
  }
}
