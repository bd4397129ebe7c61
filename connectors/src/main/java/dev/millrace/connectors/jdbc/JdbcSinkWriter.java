package dev.millrace.connectors.jdbc;

import dev.millrace.connectors.DeliveryGuarantee;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.time.Clock;
import java.util.List;

/**
 * Gathers rows and writes them when there are enough of them or they have waited for long enough. A
 * batch that has come is never divided.
 */
final class JdbcSinkWriter implements SinkWriter {
  private final JdbcSink sink;
  private final RowOutput output;
  private final Clock clock;
  private final PendingRows pending;
  private long epoch;
  private long flushedNanos;

  JdbcSinkWriter(JdbcSink sink, RowOutput output, SinkContext context) {
    this.sink = sink;
    this.output = output;
    this.clock = context.clock();
    this.pending = new PendingRows(sink.table());
    this.epoch = context.firstEpoch();
    this.flushedNanos = clock.nanoTime();
  }

  @Override
  public void write(Batch batch) {
    pending.add(batch);
    if (pending.taken() >= sink.maxRows()) {
      flush();
    }
  }

  @Override
  public void tick() {
    long interval = sink.interval().toNanos();
    if (interval > 0 && clock.nanoTime() - flushedNanos >= interval) {
      flush();
    }
  }

  private void flush() {
    if (pending.taken() > 0) {
      output.write(pending, epoch);
      pending.clear();
    }
    flushedNanos = clock.nanoTime();
  }

  @Override
  public List<String> endEpoch() {
    if (sink.delivery() != DeliveryGuarantee.NONE) {
      flush();
    }
    epoch++;
    return List.of();
  }

  @Override
  public int waiting() {
    return pending.taken();
  }

  @Override
  public void finish() {
    flush();
  }

  @Override
  public void close() {
    output.close();
  }
}
