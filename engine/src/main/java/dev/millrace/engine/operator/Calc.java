package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.expression.Expression;
import java.util.List;

/** Filters rows and computes columns from those that remain. */
public final class Calc extends StatelessOperator {
  private final Expression condition;
  private final List<Expression> projections;

  /** {@code condition} is null when every row passes. */
  public Calc(Expression condition, List<Expression> projections) {
    this.condition = condition;
    this.projections = List.copyOf(projections);
  }

  @Override
  public void process(int input, Batch batch) {
    Positions rows = Positions.all(batch.rowCount());
    if (condition != null) {
      rows = rows.select((BooleanVector) condition.evaluate(batch, rows, evaluation()));
      // What failed is null within the condition, which may make it true: CAST(...) IS NULL.
      rows = RowFailures.without(rows, failedRows(batch));
    }
    if (!rows.isEmpty()) {
      emit(project(batch, rows, projections));
    }
  }
}
