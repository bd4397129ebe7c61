package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.runtime.SavedSplits.SavedSplit;
import dev.millrace.engine.time.Watermarks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Reads one parallel instance of a source and runs the stages fused to it. */
final class SourceTask implements Task, SourceOutput {
  private final SourceNode node;

  /** Of the node in the dataflow. */
  private final int position;

  private final InstanceContext context;
  private final SplitAssigner assigner;
  private final StopSignal stop;
  private final EpochBoard.Participant epochs;
  private final Stage next;
  private final Ticker ticker;

  /** Splits that were read to their end. */
  private final List<SavedSplit> finishedSplits = new ArrayList<>();

  /** What was left to read when an epoch ended that does not count yet. */
  private final NavigableMap<Long, List<Split>> uncompleted = new TreeMap<>();

  private final TaskMeter meter;
  private final Counter rowsIn;
  private final Counter batchesIn;
  private final Counter watermarkMetric;
  private SourceReader reader;
  private SplitWatermarks watermarks;
  private long epoch;
  private boolean idle;
  private boolean ended;
  private boolean finished;

  SourceTask(
      SourceNode node,
      int position,
      InstanceContext context,
      SplitAssigner assigner,
      StopSignal stop,
      EpochBoard.Participant epochs,
      Stage next) {
    this.node = node;
    this.position = position;
    this.context = context;
    this.assigner = assigner;
    this.stop = stop;
    this.epochs = epochs;
    this.epoch = epochs.start();
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
    watermarks = new SplitWatermarks(node.watermarks(), node::rowType, context);
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
      finish();
      return true;
    }
    if (epochs.requested() > epoch) {
      endEpoch();
      return true;
    }
    completeEpochs();
    if (stop.requested()) {
      end();
      return true;
    }
    if (epochs.held(epoch)) {
      return false;
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
      watermarks.add(split, assigner.watermark(split));
      reader.addSplit(split);
      updateIdle();
      assigned = true;
    }
    return assigned;
  }

  private void endEpoch() {
    epoch = epochs.requested();
    Barrier barrier = epochs.barrier(epoch);
    uncompleted.put(epoch, save(barrier));
    next.barrier(barrier);
    epochs.passed(barrier);
  }

  /** Returns what is left of the active splits. */
  private List<Split> save(Barrier barrier) {
    List<Split> remaining = new ArrayList<>();
    List<SavedSplit> saved = new ArrayList<>(finishedSplits);
    for (Split split : watermarks.splits()) {
      Split rest = reader.remaining(split);
      remaining.add(rest);
      saved.add(SavedSplit.of(rest, false, watermarks.of(split)));
    }
    barrier.add(SavedPart.of(position, context.subtask(), List.of(SavedSplits.table(saved))));
    return remaining;
  }

  private void completeEpochs() {
    Map.Entry<Long, List<Split>> newest = uncompleted.floorEntry(epochs.completed());
    if (newest != null) {
      reader.completed(newest.getValue());
      uncompleted.headMap(newest.getKey(), true).clear();
    }
  }

  private void finish() {
    Barrier end = Barrier.end();
    save(end);
    next.barrier(end);
    epochs.passed(end);
    finished = true;
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
    Batch rows = watermarks.rows(split, batch);
    if (idle) {
      // The watermark that these rows bring must not overtake them.
      signalIdle();
    }
    if (rows.rowCount() > 0) {
      next.process(0, rows);
    }
    advanceWatermark();
  }

  @Override
  public void finished(Split split) {
    finishedSplits.add(SavedSplit.of(split, true, watermarks.of(split)));
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
