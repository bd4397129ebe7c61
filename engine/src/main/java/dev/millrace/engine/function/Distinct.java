package dev.millrace.engine.function;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.kernel.Comparator;
import dev.millrace.engine.type.DataType;

/** IS [NOT] DISTINCT FROM: equality that takes two nulls for equal; never null. */
record Distinct(
    DataType type, Expression left, Expression right, Comparator equality, boolean negated)
    implements Expression {
  @Override
  public BooleanVector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    int count = rows.count();
    Vector a = left.evaluate(batch, rows, context);
    Vector b = right.evaluate(batch, rows, context);
    boolean[] out = equality.compare(a, b, count);
    for (int i = 0; i < count; i++) {
      boolean anyNull = a.isNull(i) || b.isNull(i);
      boolean same = anyNull ? a.isNull(i) && b.isNull(i) : out[i];
      out[i] = same == negated;
    }
    return new BooleanVector(count, out, null);
  }
}
