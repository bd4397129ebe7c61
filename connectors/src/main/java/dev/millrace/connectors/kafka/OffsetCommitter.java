package dev.millrace.connectors.kafka;

import dev.millrace.engine.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the table's progress for its group: with every checkpoint or, in a job without, every now
 * and then, if the user has set {@code properties.enable.auto.commit}.
 *
 * <p>Unlike the client's own way it commits what was handed on to the job, not what was fetched: a
 * job that is stopped and started again with {@code group-offsets} misses nothing.
 */
final class OffsetCommitter {
  private static final Logger LOG = LoggerFactory.getLogger(OffsetCommitter.class);
  private static final String DEFAULT_INTERVAL_MS = "5000";

  private final KafkaConnection connection;
  private final Clock clock;
  private final boolean byTime;
  private final boolean byCheckpoint;
  private final long intervalNanos;
  private final Map<TopicPartition, Long> handedOn = new ConcurrentHashMap<>();
  private Map<TopicPartition, Long> committed = Map.of();
  private long lastNanos;

  OffsetCommitter(KafkaConnection connection, boolean checkpointing, Clock clock) {
    this.connection = connection;
    this.clock = clock;
    this.byTime = autoCommit(connection) && !checkpointing;
    this.byCheckpoint = checkpointing && connection.groupId() != null && onCheckpoint(connection);
    String interval = connection.property("auto.commit.interval.ms");
    this.intervalNanos =
        Duration.ofMillis(Long.parseLong(interval == null ? DEFAULT_INTERVAL_MS : interval.trim()))
            .toNanos();
    this.lastNanos = clock.nanoTime();
  }

  static boolean autoCommit(KafkaConnection connection) {
    return Boolean.parseBoolean(connection.property("enable.auto.commit"));
  }

  private static boolean onCheckpoint(KafkaConnection connection) {
    return !"false".equalsIgnoreCase(connection.property("commit.offsets.on.checkpoint"));
  }

  /** The records before these offsets are part of a checkpoint; called by the reader's thread. */
  void completed(Map<TopicPartition, Long> nextOffsets) {
    if (byCheckpoint) {
      handedOn.putAll(nextOffsets);
    }
  }

  /** The job has the records before this offset; called by the reader's thread. */
  void handedOn(TopicPartition partition, long nextOffset) {
    if (byTime) {
      handedOn.put(partition, nextOffset);
    }
  }

  /** Commits without waiting if the interval has passed; called by the consumer's thread. */
  void commitIfDue(KafkaConsumer<?, ?> consumer) {
    boolean due = byCheckpoint || (byTime && clock.nanoTime() - lastNanos >= intervalNanos);
    if (!due || handedOn.isEmpty()) {
      return;
    }
    lastNanos = clock.nanoTime();
    Map<TopicPartition, Long> now = Map.copyOf(handedOn);
    if (!now.equals(committed)) {
      committed = now;
      consumer.commitAsync(offsets(now), (offsets, failure) -> report(failure));
    }
  }

  /** Commits and waits, before the consumer is closed. */
  void commitLast(KafkaConsumer<?, ?> consumer, Duration timeout) {
    if (handedOn.isEmpty()) {
      return;
    }
    try {
      commit(consumer, timeout);
    } catch (RuntimeException e) {
      report(e);
    }
  }

  private void commit(KafkaConsumer<?, ?> consumer, Duration timeout) {
    try {
      consumer.commitSync(offsets(handedOn), timeout);
    } catch (WakeupException e) {
      // The wake-up that ended the last poll came too late for it; it is spent now.
      consumer.commitSync(offsets(handedOn), timeout);
    }
  }

  private void report(Exception failure) {
    if (failure != null) {
      LOG.warn(
          "Table '{}': the offsets of group '{}' could not be committed: {}",
          connection.table(),
          connection.groupId(),
          failure.getMessage());
    }
  }

  private static Map<TopicPartition, OffsetAndMetadata> offsets(
      Map<TopicPartition, Long> positions) {
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    positions.forEach((partition, next) -> offsets.put(partition, new OffsetAndMetadata(next)));
    return offsets;
  }
}
