package dev.millrace.engine.function;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.kernel.Comparator;
import dev.millrace.engine.kernel.Comparators;
import dev.millrace.engine.kernel.Comparison;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.List;
import java.util.Map;

/** The comparison operators; see {@link Comparators} for the order of each type. */
final class ComparisonFunctions implements FunctionSet {
  @Override
  public Map<String, Function> functions() {
    return Map.of(
        "=", call -> compare(call, Comparison.EQUAL),
        "<>", call -> compare(call, Comparison.NOT_EQUAL),
        "<", call -> compare(call, Comparison.LESS),
        "<=", call -> compare(call, Comparison.LESS_OR_EQUAL),
        ">", call -> compare(call, Comparison.GREATER),
        ">=", call -> compare(call, Comparison.GREATER_OR_EQUAL));
  }

  private static Expression compare(FunctionCall call, Comparison operator) {
    DataType left = call.argumentType(0);
    DataType right = call.argumentType(1);
    if (isTimePoint(left) && right.isString()) {
      return compare(call, operator, call.argument(0), Coercion.to(call.argument(1), left));
    }
    if (left.isString() && isTimePoint(right)) {
      return compare(call, operator, Coercion.to(call.argument(0), right), call.argument(1));
    }
    return compare(call, operator, call.argument(0), call.argument(1));
  }

  private static boolean isTimePoint(DataType type) {
    return type.isTimestamp() || type.is(TypeRoot.DATE) || type.is(TypeRoot.TIME);
  }

  private static Expression compare(
      FunctionCall call, Comparison operator, Expression left, Expression right) {
    Comparator comparator = Comparators.of(operator, left.type(), right.type());
    if (comparator == null) {
      throw call.unsupported();
    }
    return new StrictCall(
        call.type(),
        List.of(left, right),
        (arguments, result) -> {
          int count = result.count();
          boolean[] answers = comparator.compare(arguments[0], arguments[1], count);
          return new BooleanVector(count, answers, result.nulls());
        });
  }
}
