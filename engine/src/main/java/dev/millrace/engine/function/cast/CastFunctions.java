package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.function.Function;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.FunctionSet;
import dev.millrace.engine.type.DataType;
import java.util.Map;

/**
 * {@code CAST} and {@code TRY_CAST}; the call's type is the target.
 *
 * <p>They follow Flink without {@code table.exec.legacy-cast-behaviour}: text that cannot be read
 * is an error of its row, or null with TRY_CAST; integers wrap around, floating point numbers stop
 * at the ends of integer types, decimals with too many digits become null.
 */
public final class CastFunctions implements FunctionSet {
  @Override
  public Map<String, Function> functions() {
    return Map.of(
        "CAST", call -> create(call, false),
        "TRY_CAST", call -> create(call, true));
  }

  private static Expression create(FunctionCall call, boolean isTry) {
    DataType source = call.argumentType(0);
    DataType target = call.type();
    Cast cast = Casts.find(source, target);
    if (cast == null) {
      throw new UnsupportedException("%s of %s as %s".formatted(call.name(), source, target));
    }
    if (cast == Cast.IDENTITY) {
      return new Retyped(call.argument(0), target);
    }
    // Flink catches in TRY_CAST only what may fail by its types; NaN as DECIMAL stays an error.
    return new CastExpression(
        target, call.argument(0), cast, isTry && Casts.canFail(source, target));
  }

  /** The same values under another type. */
  private record Retyped(Expression operand, DataType type) implements Expression {
    @Override
    public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
      return operand.evaluate(batch, rows, context);
    }
  }
}
