package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices partitions that are gone, for example because their topic was deleted: Kafka's consumer
 * asks for them again and again, and says nothing.
 */
final class TopicWatch {
  private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
  private static final long QUIET_NANOS = Duration.ofSeconds(5).toNanos();
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final KafkaConnection connection;
  private final KafkaConsumer<?, ?> consumer;
  private final Clock clock;
  private Set<TopicPartition> suspects = Set.of();
  private long quietSince;

  TopicWatch(KafkaConnection connection, KafkaConsumer<?, ?> consumer, Clock clock) {
    this.connection = connection;
    this.consumer = consumer;
    this.clock = clock;
    this.quietSince = clock.nanoTime();
  }

  /** Called after every poll; looks at the topics when nothing has come for a while. */
  void polled(boolean empty, Collection<TopicPartition> partitions) {
    long now = clock.nanoTime();
    if (!empty) {
      quietSince = now;
      suspects = Set.of();
    } else if (now - quietSince >= QUIET_NANOS) {
      quietSince = now;
      look(partitions);
    }
  }

  private void look(Collection<TopicPartition> partitions) {
    Set<TopicPartition> missing;
    try {
      missing = missing(partitions);
    } catch (RetriableException e) {
      LOG.debug("The topics of table '{}' cannot be looked at now", connection.table(), e);
      return;
    }
    // A broker that has just started may not know all topics yet, so only the second time counts.
    missing.stream()
        .filter(suspects::contains)
        .findAny()
        .ifPresent(
            gone -> {
              throw MillraceException.job(
                  "Table '%s': topic %s, partition %d was deleted while it was read."
                      .formatted(connection.table(), gone.topic(), gone.partition()));
            });
    suspects = missing;
  }

  private Set<TopicPartition> missing(Collection<TopicPartition> partitions) {
    Set<String> topics = new HashSet<>();
    partitions.forEach(partition -> topics.add(partition.topic()));
    Set<TopicPartition> missing = new HashSet<>(partitions);
    for (String topic : topics) {
      for (PartitionInfo there : consumer.partitionsFor(topic, ANSWER)) {
        missing.remove(new TopicPartition(topic, there.partition()));
      }
    }
    return missing;
  }
}
