package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import java.util.List;

/** An operator that keeps nothing between batches and hands watermarks on as they come. */
public abstract class StatelessOperator extends ForwardingOperator {
  /** The projected columns at the given rows, those left out that cannot be computed. */
  protected final Batch project(Batch batch, Positions rows, List<Expression> projections) {
    Vector[] columns = evaluate(batch, rows, projections);
    boolean[] failed = failedRows(batch);
    return projected(batch, rows, columns, failed);
  }

  /** The values of each projection at the given rows. */
  protected final Vector[] evaluate(Batch batch, Positions rows, List<Expression> projections) {
    Vector[] columns = new Vector[projections.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = projections.get(i).evaluate(batch, rows, evaluation());
    }
    return columns;
  }

  /** Reports the rows that could not be computed since the last call; null if there are none. */
  protected final boolean[] failedRows(Batch batch) {
    return RowFailures.report(
        evaluation(), context().errors(), context().name(), /* input= */ 0, batch);
  }

  /** The given rows with the columns computed for them; {@code failed} is null if none failed. */
  protected static Batch projected(
      Batch batch, Positions rows, Vector[] columns, boolean[] failed) {
    Batch all = new Batch(rows.count(), columns, batch.takeKinds(rows));
    return failed == null ? all : all.take(RowFailures.others(rows, failed));
  }
}
