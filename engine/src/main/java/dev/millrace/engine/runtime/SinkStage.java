package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.List;

/** Hands batches to a sink's writer. */
final class SinkStage implements Stage {
  private final int node;
  private final Sink sink;
  private final DataType rowType;
  private final InstanceContext context;

  /** The rows of the epoch, kept for a snapshot; null if they need not be. */
  private final List<Batch> log;

  private final Counter rowsOut;
  private final Counter batchesOut;
  private final Counter watermark;
  private SinkWriter writer;
  private long rowsTaken;
  private long rowsCounted;

  /**
   * Writes to a sink.
   *
   * @param logged whether the rows of an epoch go into its snapshot, too
   */
  SinkStage(int node, Sink sink, DataType rowType, boolean logged, InstanceContext context) {
    this.node = node;
    this.sink = sink;
    this.rowType = rowType;
    this.log = logged ? new ArrayList<>() : null;
    this.context = context;
    this.rowsOut = context.counter(Metrics.ROWS_OUT);
    this.batchesOut = context.counter(Metrics.BATCHES_OUT);
    this.watermark = context.watermarkMetric();
  }

  @Override
  public void open() {
    writer = sink.writer(context);
  }

  @Override
  public void process(int input, Batch batch) {
    writer.write(batch);
    if (log != null) {
      log.add(batch);
    }
    rowsTaken += batch.rowCount();
    countRows();
    batchesOut.add(1);
  }

  private void countRows() {
    long written = rowsTaken - context.errors().rejected() - writer.waiting();
    rowsOut.add(written - rowsCounted);
    rowsCounted = written;
  }

  @Override
  public void watermark(long timestamp) {
    watermark.set(timestamp);
  }

  @Override
  public void idle(boolean idle) {}

  /** Ends the epoch of all that was written; the last one, behind {@link #endOfInput}, too. */
  @Override
  public void barrier(Barrier barrier) {
    if (!context.checkpointing() && context.transactions() == null) {
      return;
    }
    List<SavedTable> tables = new ArrayList<>();
    tables.add(SavedSink.prepared(writer.endEpoch()));
    countRows();
    if (log != null) {
      tables.add(SavedSink.rows(rowType, List.copyOf(log)));
      log.clear();
    }
    barrier.add(SavedPart.of(node, context.subtask(), tables));
  }

  /** What ends with epochs is ended by the barrier that follows; the writer has no more rows. */
  @Override
  public void endOfInput(int input) {
    writer.finish();
    countRows();
  }

  @Override
  public void tick() {
    writer.tick();
    countRows();
  }

  @Override
  public boolean drain() {
    return true;
  }

  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }
}
