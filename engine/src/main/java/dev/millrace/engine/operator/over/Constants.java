package dev.millrace.engine.operator.over;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import java.util.Arrays;
import java.util.List;

/**
 * The constants that aggregates have as arguments: columns behind those of the input, which are
 * made when they are needed and never kept.
 *
 * @param expressions one per constant; they belong to one operator instance
 */
public record Constants(List<Expression> expressions) {
  /** The rows' columns and the constants. */
  Batch addTo(Batch rows, EvaluationContext context) {
    if (expressions.isEmpty()) {
      return rows;
    }
    Vector[] columns = new Vector[rows.columnCount() + expressions.size()];
    Arrays.setAll(
        columns,
        i ->
            i < rows.columnCount()
                ? rows.column(i)
                : expressions
                    .get(i - rows.columnCount())
                    .evaluate(rows, Positions.all(rows.rowCount()), context));
    return new Batch(rows.rowCount(), columns);
  }
}
