package dev.millrace.connectors.kafka;

import dev.millrace.engine.time.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Holds records back for a while and lets only the last of each key through. Not thread-safe. */
final class UpsertBuffer implements Consumer<ProducerRecord<byte[], byte[]>> {
  /** A full buffer is flushed, and one that has waited for the interval. */
  record Limits(int rows, Duration interval) {}

  private final Limits limits;
  private final Clock clock;
  private final Consumer<ProducerRecord<byte[], byte[]>> output;
  private final Map<ByteBuffer, ProducerRecord<byte[], byte[]>> records = new LinkedHashMap<>();
  private long flushedNanos;

  UpsertBuffer(Limits limits, Clock clock, Consumer<ProducerRecord<byte[], byte[]>> output) {
    this.limits = limits;
    this.clock = clock;
    this.output = output;
    this.flushedNanos = clock.nanoTime();
  }

  @Override
  public void accept(ProducerRecord<byte[], byte[]> record) {
    records.put(record.key() == null ? null : ByteBuffer.wrap(record.key()), record);
    if (records.size() >= limits.rows()) {
      flush();
    }
  }

  void flushIfDue() {
    if (clock.nanoTime() - flushedNanos >= limits.interval().toNanos()) {
      flush();
    }
  }

  void flush() {
    List<ProducerRecord<byte[], byte[]>> last = new ArrayList<>(records.values());
    records.clear();
    flushedNanos = clock.nanoTime();
    last.forEach(output);
  }
}
