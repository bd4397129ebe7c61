package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.Output;
import dev.millrace.engine.operator.StatelessOperator;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** Runs an operator and hands its output to the next stage. */
final class OperatorStage implements Stage, Output {
  private final int node;
  private final Operator operator;
  private final InstanceContext context;
  private final Stage next;
  private final List<DataType> inputs;
  private final CallClock clock;
  private final Counter rowsIn;
  private final Counter rowsOut;
  private final Counter batchesIn;
  private final Counter batchesOut;
  private final Counter watermark;
  private StateSaving saving;
  private StateGauge gauge;
  private int endedInputs;

  /**
   * A stage for an instance of an operator.
   *
   * @param inputs the rows of each input
   */
  OperatorStage(
      int node, Operator operator, InstanceContext context, List<DataType> inputs, Stage next) {
    this.node = node;
    this.operator = operator;
    this.context = context;
    this.next = next;
    this.inputs = List.copyOf(inputs);
    this.clock = new CallClock(context.clock());
    this.rowsIn = context.counter(Metrics.ROWS_IN);
    this.rowsOut = context.counter(Metrics.ROWS_OUT);
    this.batchesIn = context.counter(Metrics.BATCHES_IN);
    this.batchesOut = context.counter(Metrics.BATCHES_OUT);
    this.watermark = context.watermarkMetric();
  }

  /** The position of the node that the operator is an instance of. */
  int node() {
    return node;
  }

  /** All that the operator keeps. */
  SavedPart save() {
    return saving.all();
  }

  /** What the opened operator keeps. */
  List<StateTable> state() {
    return operator.state();
  }

  /** Takes note that the state is another. */
  void restored() {
    gauge.update();
  }

  @Override
  public void open() {
    next.open();
    operator.open(context.withClock(clock).withOutput(this));
    saving = new StateSaving(node, context, operator.state(), inputs);
    gauge = new StateGauge(operator.state(), context);
  }

  @Override
  public void process(int input, Batch batch) {
    rowsIn.add(batch.rowCount());
    batchesIn.add(1);
    saving.calledAt(clock.stop());
    saving.process(input, batch);
    try {
      operator.process(input, batch);
    } catch (OutOfMemoryError e) {
      throw outOfMemory(e);
    }
    gauge.update();
  }

  /** Leaves it to the operators before this one to be named, unless this one keeps something. */
  private RuntimeException outOfMemory(OutOfMemoryError e) {
    if (operator instanceof StatelessOperator) {
      throw e;
    }
    return MillraceException.job(
        ("%s: out of memory (%s). Give the process a larger heap (-Xmx), let it keep less of its state"
                + " there ('millrace.state.memory'), or let it forget old keys"
                + " ('table.exec.state.ttl').")
            .formatted(context.name(), e.getMessage()),
        e);
  }

  @Override
  public void watermark(long timestamp) {
    saving.calledAt(clock.stop());
    saving.watermark(timestamp);
    operator.watermark(timestamp);
    gauge.update();
  }

  @Override
  public void idle(boolean idle) {
    saving.calledAt(clock.stop());
    saving.idle(idle);
    operator.idle(idle);
  }

  @Override
  public void endOfInput(int input) {
    saving.calledAt(clock.stop());
    saving.endOfInput(input);
    operator.endOfInput(input);
    gauge.update();
    endedInputs++;
    if (endedInputs == inputs.size()) {
      next.endOfInput(0);
    }
  }

  @Override
  public void barrier(Barrier barrier) {
    if (!barrier.isEnd()) {
      operator.endOfEpoch();
      barrier.add(saving.save(barrier));
    }
    next.barrier(barrier);
  }

  @Override
  public void tick() {
    saving.calledAt(clock.stop());
    saving.tick();
    operator.tick();
    gauge.update();
    next.tick();
  }

  @Override
  public boolean drain() {
    return next.drain();
  }

  @Override
  public void close() {
    try {
      operator.close();
    } finally {
      next.close();
    }
  }

  @Override
  public void emit(Batch batch) {
    if (batch.rowCount() > 0) {
      rowsOut.add(batch.rowCount());
      batchesOut.add(1);
      next.process(0, batch);
    }
  }

  @Override
  public void emitWatermark(long timestamp) {
    watermark.set(timestamp);
    next.watermark(timestamp);
  }

  @Override
  public void emitIdle(boolean idle) {
    next.idle(idle);
  }
}
