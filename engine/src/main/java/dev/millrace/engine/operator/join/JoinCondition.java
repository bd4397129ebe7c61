package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import java.util.List;

/**
 * What must be true of a pair of rows besides equal keys.
 *
 * @param expression over a batch of just {@code columns}
 * @param columns the columns that are looked at: those of the left input, then, counted on, those
 *     of the right
 */
public record JoinCondition(Expression expression, List<Integer> columns) {
  /** The pairs of {@code leftRows[i]} and {@code rightRows[i]} for which it is true. */
  Positions select(
      Vector[] left,
      int[] leftRows,
      Vector[] right,
      int[] rightRows,
      int count,
      EvaluationContext context) {
    Vector[] joined = new Vector[columns.size()];
    for (int i = 0; i < joined.length; i++) {
      int column = columns.get(i);
      joined[i] =
          column < left.length
              ? left[column].take(leftRows, count)
              : right[column - left.length].take(rightRows, count);
    }
    Positions all = Positions.all(count);
    Batch batch = new Batch(count, joined);
    return all.select((BooleanVector) expression.evaluate(batch, all, context));
  }
}
