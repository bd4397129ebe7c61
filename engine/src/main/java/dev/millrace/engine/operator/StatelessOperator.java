package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import java.util.List;

/** An operator that keeps nothing between batches and hands watermarks on as they come. */
public abstract class StatelessOperator implements Operator {
  private OperatorContext context;

  @Override
  public void open(OperatorContext operatorContext) {
    this.context = operatorContext;
  }

  protected final OperatorContext context() {
    return context;
  }

  protected final EvaluationContext evaluation() {
    return context.evaluation();
  }

  protected final void emit(Batch batch) {
    if (batch.rowCount() > 0) {
      context.output().emit(batch);
    }
  }

  @Override
  public void watermark(long timestamp) {
    context.output().emitWatermark(timestamp);
  }

  @Override
  public void idle(boolean idle) {
    context.output().emitIdle(idle);
  }

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
    evaluation().failOnErrors(context.name());
  }
}
