package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.type.TypeRoot;
import java.util.List;
import java.util.TimeZone;

/** FLOOR and CEIL of a date, time or timestamp to a unit. */
final class Rounding {
  private final Unit unit;
  private final boolean up;

  private Rounding(Unit unit, boolean up) {
    this.unit = unit;
    this.up = up;
  }

  static Expression floor(FunctionCall call) {
    return create(call, false);
  }

  static Expression ceil(FunctionCall call) {
    return create(call, true);
  }

  private static Expression create(FunctionCall call, boolean up) {
    if (call.arity() != 2) {
      throw call.unsupported();
    }
    Unit unit = Unit.of(call, 1);
    Rounding rounding = new Rounding(unit, up);
    Kernel kernel =
        switch (call.argumentType(0).root()) {
          case DATE -> rounding::dates;
          case TIME -> rounding::times;
          case TIMESTAMP -> rounding::timestamps;
          case TIMESTAMP_LTZ -> rounding::localTimestamps;
          default -> throw call.unsupported();
        };
    boolean time = call.argumentType(0).is(TypeRoot.TIME);
    if (unit.size() == 0 || (time && !unit.isTimeOfDay())) {
      throw call.unsupported();
    }
    return new StrictCall(call.type(), List.of(call.argument(0)), kernel);
  }

  private Vector dates(Vector[] arguments, Result result) {
    int[] days = ((IntVector) arguments[0]).values();
    if (unit.isTimeOfDay()) {
      return new IntVector(result.count(), days, result.nulls());
    }
    int[] rounded = new int[result.count()];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Calendar.round(unit, days[i], up);
    }
    return new IntVector(rounded.length, rounded, result.nulls());
  }

  private Vector times(Vector[] arguments, Result result) {
    int[] times = ((IntVector) arguments[0]).values();
    int[] rounded = new int[result.count()];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (int) roundUniform(times[i]);
    }
    return new IntVector(rounded.length, rounded, result.nulls());
  }

  private Vector timestamps(Vector[] arguments, Result result) {
    TimestampVector from = (TimestampVector) arguments[0];
    long[] millis = from.millis();
    long[] rounded = new long[result.count()];
    for (int i = 0; i < rounded.length; i++) {
      boolean nextMilli = unit == Unit.MILLISECOND && up && from.nanosAt(i) > 0;
      rounded[i] = nextMilli ? millis[i] + 1 : round(millis[i]);
    }
    return new TimestampVector(rounded.length, rounded, null, result.nulls());
  }

  /** Rounds local time and goes back by the offset that was valid before, as Flink does. */
  private Vector localTimestamps(Vector[] arguments, Result result) {
    long[] millis = ((TimestampVector) arguments[0]).millis();
    TimeZone zone = Local.zone(result.context());
    long[] rounded = new long[result.count()];
    for (int i = 0; i < rounded.length; i++) {
      int offset = zone.getOffset(millis[i]);
      rounded[i] = round(millis[i] + offset) - offset;
    }
    return new TimestampVector(rounded.length, rounded, null, result.nulls());
  }

  private long round(long millis) {
    if (unit.compareTo(Unit.DAY) <= 0) {
      return roundUniform(millis);
    }
    return Calendar.round(unit, (int) (millis / Unit.MILLIS_PER_DAY), up) * Unit.MILLIS_PER_DAY;
  }

  private long roundUniform(long millis) {
    long past = Math.floorMod(millis, unit.size());
    return millis - past + (up && past > 0 ? unit.size() : 0);
  }
}
