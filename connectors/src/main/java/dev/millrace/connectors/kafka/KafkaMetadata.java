package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster for topics, partitions and offsets. Every failure is a user's error: who cannot
 * be reached, what is not there. Not thread-safe.
 */
final class KafkaMetadata implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaMetadata.class);
  private static final Comparator<TopicPartition> ORDER =
      Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

  private final KafkaConnection connection;
  private final Admin admin;

  KafkaMetadata(KafkaConnection connection) {
    this.connection = connection;
    this.admin = connection.admin();
  }

  /** All partitions of the selected topics; fails if a topic that was named is not there. */
  List<TopicPartition> partitions(TopicSelection topics) {
    Collection<String> names = topics.isPattern() ? matching(topics) : topics.names();
    List<TopicPartition> partitions = new ArrayList<>();
    admin
        .describeTopics(names)
        .topicNameValues()
        .forEach((name, description) -> partitions.addAll(partitions(name, description)));
    partitions.sort(ORDER);
    return partitions;
  }

  /** Bytes of a record at most, of each topic that its settings may be asked of. */
  Map<String, Integer> largestRecords(TopicSelection topics) {
    Collection<String> names = topics.isPattern() ? matching(topics) : topics.names();
    Map<String, Integer> largest = new HashMap<>();
    admin
        .describeConfigs(
            names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList())
        .values()
        .forEach((topic, settings) -> addLargest(topic.name(), settings, largest));
    return largest;
  }

  private void addLargest(
      String topic, KafkaFuture<Config> settings, Map<String, Integer> largest) {
    try {
      ConfigEntry limit = settings.get().get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);
      if (limit != null && limit.value() != null) {
        largest.put(topic, Integer.parseInt(limit.value()));
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw KafkaErrors.translate(connection, e);
      }
      LOG.debug("The settings of topic {} may not be read", topic, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private List<String> matching(TopicSelection topics) {
    return topicNames().stream().filter(topics::contains).toList();
  }

  Set<String> topicNames() {
    return get(admin.listTopics().names());
  }

  private List<TopicPartition> partitions(String topic, KafkaFuture<TopicDescription> description) {
    try {
      return description.get().partitions().stream()
          .map(partition -> new TopicPartition(topic, partition.partition()))
          .toList();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException
          || e.getCause() instanceof InvalidTopicException) {
        throw missing(topic, e.getCause());
      }
      throw KafkaErrors.translate(connection, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** The topic is not there: says so with the nearest name that is. */
  MillraceException missing(String topic, Throwable cause) {
    String hint = Nearest.hint(topic, topicNames());
    return MillraceException.job(
        "Table '%s': topic '%s' does not exist at %s%s"
            .formatted(
                connection.table(),
                topic,
                connection.bootstrapServers(),
                hint.isEmpty() ? "; create it, or check the option 'topic'." : hint),
        cause);
  }

  /** The group has no offset that the scan could start from or stop at. */
  MillraceException noCommittedOffset(TopicPartition partition, String purpose) {
    String way =
        purpose.startsWith("start")
            ? "set 'properties.auto.offset.reset' to 'earliest' or 'latest', or another"
                + " 'scan.startup.mode'"
            : "choose another 'scan.bounded.mode'";
    return MillraceException.job(
        "Table '%s': group '%s' has no committed offset of topic %s, partition %d to %s; %s."
            .formatted(
                connection.table(),
                connection.groupId(),
                partition.topic(),
                partition.partition(),
                purpose,
                way));
  }

  Map<TopicPartition, Long> earliest(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.earliest());
  }

  /** Offsets after the last record; that a transaction may read, if only committed are read. */
  Map<TopicPartition, Long> latest(Collection<TopicPartition> partitions) {
    return offsets(partitions, OffsetSpec.latest());
  }

  /** Offsets of the first records at or after the time, or the latest where there is none yet. */
  Map<TopicPartition, Long> atTime(Collection<TopicPartition> partitions, long epochMillis) {
    // First the ends: a record that arrives in between must not be passed over.
    Map<TopicPartition, Long> offsets = new HashMap<>(latest(partitions));
    offsets(partitions, OffsetSpec.forTimestamp(epochMillis))
        .forEach(
            (partition, offset) -> {
              if (offset >= 0) {
                offsets.put(partition, offset);
              }
            });
    return offsets;
  }

  /** The offsets that the table's group has committed; partitions without one are left out. */
  Map<TopicPartition, Long> committed(Collection<TopicPartition> partitions) {
    if (connection.groupId() == null) {
      return Map.of();
    }
    Map<TopicPartition, OffsetAndMetadata> committed =
        get(admin.listConsumerGroupOffsets(connection.groupId()).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      OffsetAndMetadata offset = committed.get(partition);
      if (offset != null) {
        offsets.put(partition, offset.offset());
      }
    }
    return offsets;
  }

  /** All offsets of a group, once no transaction is about to change them. */
  Map<TopicPartition, OffsetAndMetadata> stableOffsets(String group) {
    return get(
        admin
            .listConsumerGroupOffsets(
                group, new ListConsumerGroupOffsetsOptions().requireStable(true))
            .partitionsToOffsetAndMetadata());
  }

  private Map<TopicPartition, Long> offsets(
      Collection<TopicPartition> partitions, OffsetSpec spec) {
    Map<TopicPartition, OffsetSpec> request = new HashMap<>();
    partitions.forEach(partition -> request.put(partition, spec));
    Map<TopicPartition, ListOffsetsResultInfo> found =
        get(admin.listOffsets(request, new ListOffsetsOptions(isolation())).all());
    Map<TopicPartition, Long> offsets = new HashMap<>();
    found.forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private IsolationLevel isolation() {
    String level = connection.property("isolation.level");
    return level != null && level.trim().toLowerCase(Locale.ROOT).equals("read_committed")
        ? IsolationLevel.READ_COMMITTED
        : IsolationLevel.READ_UNCOMMITTED;
  }

  private <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw KafkaErrors.translate(connection, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private MillraceException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return MillraceException.job(
        "Table '%s': interrupted while asking Kafka.".formatted(connection.table()), e);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
