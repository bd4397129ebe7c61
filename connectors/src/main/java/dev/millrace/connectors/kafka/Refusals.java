package dev.millrace.connectors.kafka;

import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.deadletter.RowErrors;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * The rows that are on their way, and those among them that a broker has refused for their own
 * sake, outside of transactions: these are reported, and rows that were refused just because they
 * were sent along with them are sent again.
 */
final class Refusals {
  private record Refusal(OutgoingRow row, Exception reason) {}

  private final KafkaSink sink;
  private final RowErrors errors;
  private final Queue<Refusal> refusals = new ConcurrentLinkedQueue<>();
  private final AtomicInteger onTheirWay = new AtomicInteger();

  Refusals(KafkaSink sink, RowErrors errors) {
    this.sink = sink;
    this.errors = errors;
  }

  void sent() {
    onTheirWay.incrementAndGet();
  }

  void written() {
    onTheirWay.decrementAndGet();
  }

  /** How many rows are on their way, or refused and not handled yet. */
  int count() {
    return onTheirWay.get();
  }

  /**
   * Whether the failure is a refusal for the sake of rows, so that the others can be written.
   * Called by the producer's thread.
   */
  boolean take(OutgoingRow row, Exception reason) {
    boolean taken = isOfRow(row, reason) || isOfNeighbours(reason);
    if (taken) {
      refusals.add(new Refusal(row, reason));
    }
    return taken;
  }

  /** A topic that takes no record of the table, such as a compacted one without keys, is not. */
  private boolean isOfRow(OutgoingRow row, Exception reason) {
    return reason instanceof RecordTooLargeException
        || reason instanceof InvalidTimestampException
        || (reason instanceof InvalidRecordException
            && (sink.keyFormat() != null || row.record().timestamp() != null));
  }

  /**
   * What the client says of the good records among bad ones; it has no class of its own. They come
   * behind later ones when they are sent again, which upserts must not.
   */
  private boolean isOfNeighbours(Exception reason) {
    return !sink.upsert()
        && reason.getClass() == KafkaException.class
        && String.valueOf(reason.getMessage()).contains("part of a batch");
  }

  /** Reports or sends again what was refused so far; returns whether there was any of it. */
  boolean handle(Consumer<OutgoingRow> again) {
    boolean any = false;
    for (Refusal refusal = refusals.poll(); refusal != null; refusal = refusals.poll()) {
      any = true;
      OutgoingRow row = refusal.row();
      onTheirWay.decrementAndGet();
      if (isOfRow(row, refusal.reason())) {
        String message =
            "Table '%s': Kafka at %s does not take a record for topic '%s': %s"
                .formatted(
                    sink.connection().table(),
                    sink.connection().bootstrapServers(),
                    row.record().topic(),
                    refusal.reason().getMessage());
        errors.reject(FailedAt.SINK, 0, row.batch(), row.row(), message, refusal.reason());
      } else {
        again.accept(row);
      }
    }
    return any;
  }
}
