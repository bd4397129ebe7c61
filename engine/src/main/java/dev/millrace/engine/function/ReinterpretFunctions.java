package dev.millrace.engine.function;

import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.Storage;
import java.util.Map;

/** The planner's own operator that takes a value for one of another type without converting it. */
final class ReinterpretFunctions implements FunctionSet {
  @Override
  public Map<String, Function> functions() {
    return Map.of(
        "REINTERPRET", ReinterpretFunctions::reinterpret,
        "Reinterpret", ReinterpretFunctions::reinterpret);
  }

  private static Expression reinterpret(FunctionCall call) {
    return new StrictCall(call.type(), call.arguments(), kernel(call));
  }

  private static Kernel kernel(FunctionCall call) {
    DataType from = call.argumentType(0);
    DataType to = call.type();
    if (from.storage() == to.storage() && from.children().equals(to.children())) {
      return (arguments, result) -> arguments[0];
    }
    if (from.storage() == Storage.TIMESTAMP && to.storage() == Storage.LONG) {
      return ReinterpretFunctions::millis;
    }
    if (from.storage() == Storage.LONG && to.storage() == Storage.TIMESTAMP) {
      return ReinterpretFunctions::timestamps;
    }
    if (from.storage() == Storage.INT && to.storage() == Storage.LONG) {
      return (arguments, result) ->
          new LongVector(
              result.count(), NumericArrays.longs(arguments[0], result.count()), result.nulls());
    }
    throw call.unsupported();
  }

  private static Vector millis(Vector[] arguments, Result result) {
    long[] millis = ((TimestampVector) arguments[0]).millis();
    return new LongVector(result.count(), millis, result.nulls());
  }

  private static Vector timestamps(Vector[] arguments, Result result) {
    long[] millis = ((LongVector) arguments[0]).values();
    return new TimestampVector(result.count(), millis, null, result.nulls());
  }
}
