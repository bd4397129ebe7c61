package dev.millrace.connectors.kafka;

import dev.millrace.engine.time.Clock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Holds records back for a while and lets only the last of each key through. Not thread-safe. */
final class UpsertBuffer implements Consumer<OutgoingRow> {
  /** A full buffer is flushed, and one that has waited for the interval. */
  record Limits(int rows, Duration interval) {}

  private final Limits limits;
  private final Clock clock;
  private final Consumer<OutgoingRow> output;
  private final Map<ByteBuffer, OutgoingRow> rows = new LinkedHashMap<>();
  private long flushedNanos;

  UpsertBuffer(Limits limits, Clock clock, Consumer<OutgoingRow> output) {
    this.limits = limits;
    this.clock = clock;
    this.output = output;
    this.flushedNanos = clock.nanoTime();
  }

  @Override
  public void accept(OutgoingRow row) {
    byte[] key = row.record().key();
    rows.put(key == null ? null : ByteBuffer.wrap(key), row);
    if (rows.size() >= limits.rows()) {
      flush();
    }
  }

  int size() {
    return rows.size();
  }

  void flushIfDue() {
    if (clock.nanoTime() - flushedNanos >= limits.interval().toNanos()) {
      flush();
    }
  }

  void flush() {
    List<OutgoingRow> last = new ArrayList<>(rows.values());
    rows.clear();
    flushedNanos = clock.nanoTime();
    last.forEach(output);
  }
}
