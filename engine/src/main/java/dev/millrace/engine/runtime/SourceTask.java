package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.Watermarks;
import java.util.List;

/** Reads one parallel instance of a source and runs the stages fused to it. */
final class SourceTask implements Task, SourceOutput {
  private final SourceNode node;
  private final InstanceContext context;
  private final SplitAssigner assigner;
  private final StopSignal stop;
  private final Stage next;
  private final Ticker ticker;
  private final TaskMeter meter;
  private final Counter rowsIn;
  private final Counter batchesIn;
  private final Counter watermarkMetric;
  private SourceReader reader;
  private SplitWatermarks watermarks;
  private boolean idle;
  private boolean ended;
  private boolean finished;

  SourceTask(
      SourceNode node,
      InstanceContext context,
      SplitAssigner assigner,
      StopSignal stop,
      Stage next) {
    this.node = node;
    this.context = context;
    this.assigner = assigner;
    this.stop = stop;
    this.next = next;
    this.ticker = new Ticker(context.clock());
    this.meter = TaskMeter.of(context, List.of());
    this.rowsIn = context.counter(Metrics.ROWS_IN);
    this.batchesIn = context.counter(Metrics.BATCHES_IN);
    this.watermarkMetric = context.watermarkMetric();
  }

  @Override
  public String name() {
    return context.name() + "/" + context.subtask();
  }

  @Override
  public boolean blocking() {
    return false;
  }

  @Override
  public void open() {
    next.open();
    watermarks = new SplitWatermarks(node.watermarks(), context);
    reader = node.source().reader(context);
  }

  @Override
  public boolean run() {
    boolean due = ticker.due();
    if (due) {
      next.tick();
    }
    if (!meter.drained(next.drain())) {
      return false;
    }
    if (ended) {
      finished = true;
      return true;
    }
    if (stop.requested()) {
      end();
      return true;
    }
    boolean assigned = takeSplits();
    if (watermarks.activeSplits() == 0 && assigner.exhausted(context.subtask())) {
      watermarkMetric.set(Watermarks.END);
      next.watermark(Watermarks.END);
      end();
      return true;
    }
    boolean read = reader.poll(this);
    if (due) {
      // Not before the reader has looked for splits and rows: they may just have come.
      updateIdle();
    }
    return read || assigned;
  }

  private boolean takeSplits() {
    boolean assigned = false;
    Split split;
    while ((split = assigner.next(context.subtask(), watermarks.activeSplits())) != null) {
      watermarks.add(split);
      reader.addSplit(split);
      updateIdle();
      assigned = true;
    }
    return assigned;
  }

  private void end() {
    next.endOfInput(0);
    ended = true;
  }

  private void updateIdle() {
    signalIdle();
    advanceWatermark();
  }

  private void signalIdle() {
    boolean nowIdle = !ended && assigner.discovered() && !watermarks.anyActive();
    if (nowIdle != idle) {
      idle = nowIdle;
      next.idle(nowIdle);
    }
  }

  private void advanceWatermark() {
    long risen = watermarks.risen();
    if (risen != Watermarks.NONE) {
      watermarkMetric.set(risen);
      next.watermark(risen);
    }
  }

  @Override
  public void emit(Split split, Batch batch) {
    if (batch.rowCount() == 0) {
      return;
    }
    rowsIn.add(batch.rowCount());
    batchesIn.add(1);
    watermarks.rows(split, batch);
    if (idle) {
      // The watermark that these rows bring must not overtake them.
      signalIdle();
    }
    next.process(0, batch);
    advanceWatermark();
  }

  @Override
  public void finished(Split split) {
    watermarks.remove(split);
    advanceWatermark();
  }

  @Override
  public boolean finished() {
    return finished;
  }

  @Override
  public TaskMeter meter() {
    return meter;
  }

  @Override
  public void close() {
    try {
      if (reader != null) {
        reader.close();
      }
    } finally {
      next.close();
    }
  }
}
