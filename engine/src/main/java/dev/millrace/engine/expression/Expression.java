package dev.millrace.engine.expression;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;

/**
 * Computes a column from the columns of a batch.
 *
 * <p>An instance belongs to one operator instance and is called by one thread at a time; it may
 * keep scratch memory. Semantics (null, overflow, rounding, time zone) are Flink's.
 */
public interface Expression {
  /** The type of the computed column; its storage decides the vector class. */
  DataType type();

  /**
   * The values for the rows at {@code rows}, dense: position {@code i} of the result belongs to row
   * {@code rows.get(i)} of the batch. Only those rows may be computed: others may be excluded by an
   * enclosing CASE, AND or filter, just because they would fail.
   *
   * <p>A row that cannot be computed is reported to {@link EvaluationContext#fail} and its value
   * left null; the others are computed all the same.
   */
  Vector evaluate(Batch batch, Positions rows, EvaluationContext context);
}
