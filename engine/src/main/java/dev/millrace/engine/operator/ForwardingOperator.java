package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.metrics.Metrics;

/** An operator that hands watermarks on as they come. */
public abstract class ForwardingOperator implements Operator {
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

  /** Counts and reports rows of an input that came too late: the first {@code count} positions. */
  protected final void late(int input, Batch batch, int[] rows, int count) {
    if (count > 0) {
      context.counter(Metrics.ROWS_LATE).add(count);
      context
          .errors()
          .late(input, batch, rows, count, context.name() + ": the row came after the watermark");
    }
  }

  /** The same for the rows that are not among the {@code timely} ones. */
  protected final void lateOthers(int input, Batch batch, Positions timely) {
    int[] late = timely.others(batch.rowCount());
    late(input, batch, late, late.length);
  }

  /** Counts and reports the rows of the only input that are not among the {@code timed} ones. */
  protected final void withoutTime(Batch batch, Positions timed) {
    int[] untimed = timed.others(batch.rowCount());
    if (untimed.length > 0) {
      context.counter(Metrics.ROWS_WITHOUT_TIME).add(untimed.length);
      String message = context.name() + ": the row is in no window, since its row time is null";
      context.errors().late(0, batch, untimed, untimed.length, message);
    }
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
}
