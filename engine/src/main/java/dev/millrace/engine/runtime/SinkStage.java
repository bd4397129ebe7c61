package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;

/** Hands batches to a sink's writer. */
final class SinkStage implements Stage {
  private final Sink sink;
  private final InstanceContext context;
  private final Counter rowsOut;
  private final Counter batchesOut;
  private final Counter watermark;
  private SinkWriter writer;

  SinkStage(Sink sink, InstanceContext context) {
    this.sink = sink;
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
    rowsOut.add(batch.rowCount());
    batchesOut.add(1);
  }

  @Override
  public void watermark(long timestamp) {
    watermark.set(timestamp);
  }

  @Override
  public void idle(boolean idle) {}

  @Override
  public void endOfInput(int input) {
    writer.finish();
  }

  @Override
  public void tick() {
    writer.tick();
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
