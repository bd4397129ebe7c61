package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import java.util.List;

/** An operator that keeps nothing between batches and hands watermarks on as they come. */
public abstract class StatelessOperator extends ForwardingOperator {
  /** The projected columns at the given rows; fails the job if a row cannot be computed. */
  protected final Batch project(Batch batch, Positions rows, List<Expression> projections) {
    Vector[] columns = new Vector[projections.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = projections.get(i).evaluate(batch, rows, evaluation());
    }
    failOnRowErrors();
    return new Batch(rows.count(), columns, batch.takeKinds(rows));
  }

  /** Fails the job with the first row error since the last call, if there is one. */
  protected final void failOnRowErrors() {
    evaluation().failOnErrors(context().name());
  }
}
