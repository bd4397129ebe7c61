package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.expression.EvaluationContext;

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
