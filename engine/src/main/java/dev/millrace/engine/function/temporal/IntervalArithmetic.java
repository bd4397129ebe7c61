package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.List;

/** The operators between dates, times, timestamps, intervals and numbers. */
final class IntervalArithmetic {
  private IntervalArithmetic() {}

  static Expression plus(FunctionCall call) {
    return call.arity() == 1 ? sign(call, 1) : strict(call, add(call, 1));
  }

  static Expression minus(FunctionCall call) {
    if (call.arity() == 1) {
      return sign(call, -1);
    }
    boolean ofPoints = isPoint(call.argumentType(0)) && isPoint(call.argumentType(1));
    return strict(call, ofPoints ? between(call) : add(call, -1));
  }

  private static Expression strict(FunctionCall call, Kernel kernel) {
    return new StrictCall(call.type(), call.arguments(), kernel);
  }

  private static boolean isMonths(DataType type) {
    return type.is(TypeRoot.INTERVAL_YEAR_MONTH);
  }

  private static boolean isMillis(DataType type) {
    return type.is(TypeRoot.INTERVAL_DAY_TIME);
  }

  private static boolean isInterval(DataType type) {
    return isMonths(type) || isMillis(type);
  }

  private static boolean isPoint(DataType type) {
    return type.is(TypeRoot.DATE) || type.is(TypeRoot.TIME) || type.isTimestamp();
  }

  private static Kernel add(FunctionCall call, int sign) {
    DataType left = call.argumentType(0);
    DataType right = call.argumentType(1);
    if (!isInterval(right)) {
      throw call.unsupported();
    }
    return switch (left.root()) {
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_TIME -> {
        if (left.root() != right.root()) {
          throw call.unsupported();
        }
        yield (arguments, result) -> intervals(arguments, sign, result);
      }
      case DATE -> addToDate(call, sign);
      case TIME ->
          isMonths(right)
              ? (arguments, result) -> arguments[0].withNulls(result.nulls())
              : (arguments, result) -> millisToTimes(arguments, sign, result);
      case TIMESTAMP, TIMESTAMP_LTZ ->
          isMonths(right)
              ? (arguments, result) -> monthsToTimestamps(arguments, sign, result)
              : (arguments, result) -> millisToTimestamps(arguments, sign, result);
      default -> throw call.unsupported();
    };
  }

  private static Kernel addToDate(FunctionCall call, int sign) {
    if (isMonths(call.argumentType(1))) {
      return (arguments, result) -> monthsToDates(arguments, sign, result);
    }
    return switch (call.type().root()) {
      case DATE -> (arguments, result) -> daysToDates(arguments, sign, result);
      case TIMESTAMP -> (arguments, result) -> millisToDates(arguments, sign, result);
      default -> throw call.unsupported();
    };
  }

  private static Vector intervals(Vector[] arguments, int sign, Result result) {
    int count = result.count();
    if (arguments[0] instanceof IntVector months) {
      int[] left = months.values();
      int[] right = ((IntVector) arguments[1]).values();
      int[] sums = new int[count];
      for (int i = 0; i < count; i++) {
        sums[i] = left[i] + sign * right[i];
      }
      return new IntVector(count, sums, result.nulls());
    }
    long[] left = ((LongVector) arguments[0]).values();
    long[] right = ((LongVector) arguments[1]).values();
    long[] sums = new long[count];
    for (int i = 0; i < count; i++) {
      sums[i] = left[i] + sign * right[i];
    }
    return new LongVector(count, sums, result.nulls());
  }

  private static Vector monthsToDates(Vector[] arguments, int sign, Result result) {
    int[] dates = ((IntVector) arguments[0]).values();
    int[] months = ((IntVector) arguments[1]).values();
    int[] sums = new int[result.count()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Calendar.addMonths(dates[i], sign * months[i]);
    }
    return new IntVector(sums.length, sums, result.nulls());
  }

  /** Whole days of the interval only. */
  private static Vector daysToDates(Vector[] arguments, int sign, Result result) {
    int[] dates = ((IntVector) arguments[0]).values();
    long[] millis = ((LongVector) arguments[1]).values();
    int[] sums = new int[result.count()];
    for (int i = 0; i < sums.length; i++) {
      long days = millis[i] / Unit.MILLIS_PER_DAY;
      sums[i] = dates[i] + sign * (int) days;
      if ((int) days != days && !result.isNull(i)) {
        result.fail(i, "an interval of " + days + " days is too long for a date", null);
      }
    }
    return new IntVector(sums.length, sums, result.nulls());
  }

  private static Vector millisToDates(Vector[] arguments, int sign, Result result) {
    int[] dates = ((IntVector) arguments[0]).values();
    long[] millis = ((LongVector) arguments[1]).values();
    long[] sums = new long[result.count()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = dates[i] * Unit.MILLIS_PER_DAY + sign * millis[i];
    }
    return new TimestampVector(sums.length, sums, null, result.nulls());
  }

  /** Wraps at midnight. */
  private static Vector millisToTimes(Vector[] arguments, int sign, Result result) {
    int[] times = ((IntVector) arguments[0]).values();
    long[] millis = ((LongVector) arguments[1]).values();
    int[] sums = new int[result.count()];
    for (int i = 0; i < sums.length; i++) {
      long sum = times[i] + Unit.MILLIS_PER_DAY + sign * (millis[i] % Unit.MILLIS_PER_DAY);
      sums[i] = (int) (sum % Unit.MILLIS_PER_DAY);
    }
    return new IntVector(sums.length, sums, result.nulls());
  }

  private static Vector millisToTimestamps(Vector[] arguments, int sign, Result result) {
    TimestampVector timestamps = (TimestampVector) arguments[0];
    long[] from = timestamps.millis();
    long[] millis = ((LongVector) arguments[1]).values();
    long[] sums = new long[result.count()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = from[i] + sign * millis[i];
    }
    return new TimestampVector(sums.length, sums, timestamps.nanos(), result.nulls());
  }

  private static Vector monthsToTimestamps(Vector[] arguments, int sign, Result result) {
    TimestampVector timestamps = (TimestampVector) arguments[0];
    long[] from = timestamps.millis();
    int[] months = ((IntVector) arguments[1]).values();
    long[] sums = new long[result.count()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Calendar.addMonths(from[i], sign * months[i]);
    }
    return new TimestampVector(sums.length, sums, timestamps.nanos(), result.nulls());
  }

  private static Kernel between(FunctionCall call) {
    DataType left = call.argumentType(0);
    DataType right = call.argumentType(1);
    boolean ltz = left.is(TypeRoot.TIMESTAMP_LTZ) || right.is(TypeRoot.TIMESTAMP_LTZ);
    boolean time = left.is(TypeRoot.TIME) || right.is(TypeRoot.TIME);
    boolean same = left.root() == right.root();
    if (((ltz || time) && !same) || !isInterval(call.type())) {
      throw call.unsupported();
    }
    if (isMillis(call.type())) {
      return (arguments, result) -> millisBetween(arguments, time, result);
    }
    return same && !left.isTimestamp()
        ? IntervalArithmetic::monthsBetweenDates
        : IntervalArithmetic::monthsBetween;
  }

  private static Vector millisBetween(Vector[] arguments, boolean times, Result result) {
    long[] left = times ? NumericArrays.longs(arguments[0], result.count()) : millis(arguments[0]);
    long[] right = times ? NumericArrays.longs(arguments[1], result.count()) : millis(arguments[1]);
    long[] differences = new long[result.count()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = left[i] - right[i];
    }
    return new LongVector(differences.length, differences, result.nulls());
  }

  private static Vector monthsBetween(Vector[] arguments, Result result) {
    long[] left = millis(arguments[0]);
    long[] right = millis(arguments[1]);
    int[] differences = new int[result.count()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = result.isNull(i) ? 0 : Calendar.monthsBetween(right[i], left[i]);
    }
    return new IntVector(differences.length, differences, result.nulls());
  }

  private static Vector monthsBetweenDates(Vector[] arguments, Result result) {
    int[] left = ((IntVector) arguments[0]).values();
    int[] right = ((IntVector) arguments[1]).values();
    int[] differences = new int[result.count()];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = result.isNull(i) ? 0 : Calendar.monthsBetween(right[i], left[i]);
    }
    return new IntVector(differences.length, differences, result.nulls());
  }

  /** The milliseconds of timestamps or dates. */
  private static long[] millis(Vector vector) {
    if (vector instanceof TimestampVector timestamps) {
      return timestamps.millis();
    }
    int[] days = ((IntVector) vector).values();
    long[] millis = new long[days.length];
    for (int i = 0; i < days.length; i++) {
      millis[i] = days[i] * Unit.MILLIS_PER_DAY;
    }
    return millis;
  }

  private static Expression sign(FunctionCall call, int sign) {
    if (!isInterval(call.argumentType(0))) {
      throw call.unsupported();
    }
    Expression factor = new Literal(DataType.of(TypeRoot.INT).withNullable(false), sign);
    return new StrictCall(
        call.type(),
        List.of(call.argument(0), factor),
        (arguments, result) -> multiply(arguments[0], arguments[1], result));
  }

  /** An interval times an integer. */
  static Expression times(FunctionCall call) {
    if (!isInterval(call.argumentType(0)) || !call.argumentType(1).isInteger()) {
      throw call.unsupported();
    }
    return strict(call, (arguments, result) -> multiply(arguments[0], arguments[1], result));
  }

  private static Vector multiply(Vector interval, Vector factor, Result result) {
    int count = result.count();
    long[] units = NumericArrays.longs(interval, count);
    long[] factors = NumericArrays.longs(factor, count);
    long[] products = new long[count];
    for (int i = 0; i < count; i++) {
      products[i] = units[i] * factors[i];
    }
    return interval instanceof IntVector
        ? new IntVector(count, NumericArrays.narrowToInts(products), result.nulls())
        : new LongVector(count, products, result.nulls());
  }
}
