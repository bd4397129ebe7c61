package dev.millrace.engine.function;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** A call that sees all its arguments, null or not, at all rows. */
record Construction(DataType type, List<Expression> arguments, Constructor constructor)
    implements Expression {
  /** Makes {@code count} values of the columns of the arguments, which may be longer. */
  @FunctionalInterface
  interface Constructor {
    Vector construct(Vector[] arguments, int count);
  }

  @Override
  public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    Vector[] values = new Vector[arguments.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments.get(i).evaluate(batch, rows, context);
    }
    return constructor.construct(values, rows.count());
  }
}
