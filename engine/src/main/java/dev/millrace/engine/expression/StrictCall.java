package dev.millrace.engine.expression;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * A call of a strict function: evaluates all arguments, is null where any of them is, and leaves
 * the rest to a {@link Kernel}.
 */
public final class StrictCall implements Expression {
  private final DataType type;
  private final Expression[] arguments;
  private final Kernel kernel;

  public StrictCall(DataType type, List<Expression> arguments, Kernel kernel) {
    this.type = type;
    this.arguments = arguments.toArray(new Expression[0]);
    this.kernel = kernel;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    Vector[] values = new Vector[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i].evaluate(batch, rows, context);
    }
    boolean[] nulls = Nulls.any(rows.count(), values);
    return kernel.compute(values, new Result(rows, context, nulls));
  }
}
