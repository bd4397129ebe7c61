package dev.millrace.engine.expression;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;

/** A column of the input. */
public record InputRef(int index, DataType type) implements Expression {
  @Override
  public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    return rows.take(batch.column(index));
  }
}
