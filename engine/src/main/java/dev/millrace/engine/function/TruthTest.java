package dev.millrace.engine.function;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.type.DataType;

/** IS [NOT] TRUE and IS [NOT] FALSE: never null. */
record TruthTest(DataType type, Expression operand, boolean tested, boolean negated)
    implements Expression {
  @Override
  public BooleanVector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    BooleanVector vector = (BooleanVector) operand.evaluate(batch, rows, context);
    boolean[] values = vector.values();
    boolean[] nulls = vector.nulls();
    boolean[] out = new boolean[rows.count()];
    for (int i = 0; i < out.length; i++) {
      boolean holds = values[i] == tested && (nulls == null || !nulls[i]);
      out[i] = holds != negated;
    }
    return new BooleanVector(out.length, out, null);
  }
}
