package dev.millrace.engine.function;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/** IS NULL and IS NOT NULL. */
record NullTest(DataType type, Expression operand, boolean negated) implements Expression {
  @Override
  public BooleanVector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    boolean[] nulls = operand.evaluate(batch, rows, context).nulls();
    boolean[] out = new boolean[rows.count()];
    if (nulls == null) {
      Arrays.fill(out, negated);
    } else {
      for (int i = 0; i < out.length; i++) {
        out[i] = nulls[i] != negated;
      }
    }
    return new BooleanVector(out.length, out, null);
  }
}
