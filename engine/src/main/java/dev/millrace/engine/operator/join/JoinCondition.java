package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.operator.RowFailures;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * What must be true of a pair of rows besides equal keys.
 *
 * @param expression over a batch of just {@code columns}
 * @param columns the columns that are looked at: those of the left input, then, counted on, those
 *     of the right
 */
public record JoinCondition(Expression expression, List<Integer> columns) {
  /**
   * The pairs of {@code leftRows[i]} and {@code rightRows[i]} for which it is true. One that cannot
   * be computed is reported, and counts as one for which it is not.
   *
   * @param spec of the join
   */
  Positions select(
      Vector[] left,
      int[] leftRows,
      Vector[] right,
      int[] rightRows,
      int count,
      JoinSpec spec,
      OperatorContext context) {
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
    Positions matches =
        all.select((BooleanVector) expression.evaluate(batch, all, context.evaluation()));
    boolean[] failed =
        RowFailures.report(
            context.evaluation(), context.errors(), context.name(), () -> lookedAt(spec), batch);
    return RowFailures.without(matches, failed);
  }

  /** A ROW of just {@code columns}. */
  private DataType lookedAt(JoinSpec spec) {
    List<Field> fields = new ArrayList<>(spec.left().children());
    fields.addAll(spec.right().children());
    return DataType.row(columns.stream().map(fields::get).toList());
  }
}
