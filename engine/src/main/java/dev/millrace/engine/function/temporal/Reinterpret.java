package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;

/** REINTERPRET: the number behind a temporal value, as the planner needs it for TIMESTAMPDIFF. */
final class Reinterpret {
  private Reinterpret() {}

  static Expression create(FunctionCall call) {
    return new StrictCall(call.type(), call.arguments(), kernel(call));
  }

  private static Kernel kernel(FunctionCall call) {
    DataType from = call.argumentType(0);
    DataType to = call.type();
    if (from.storage() == to.storage()) {
      return (arguments, result) -> arguments[0];
    }
    if (!to.is(TypeRoot.BIGINT)) {
      throw call.unsupported();
    }
    return switch (from.root()) {
      case TIMESTAMP -> Reinterpret::millis;
      case DATE, TIME, INTERVAL_YEAR_MONTH -> Reinterpret::longs;
      default -> throw call.unsupported();
    };
  }

  private static Vector millis(Vector[] arguments, Result result) {
    long[] millis = ((TimestampVector) arguments[0]).millis();
    return new LongVector(result.count(), millis, result.nulls());
  }

  private static Vector longs(Vector[] arguments, Result result) {
    int count = result.count();
    return new LongVector(count, NumericArrays.longs(arguments[0], count), result.nulls());
  }
}
