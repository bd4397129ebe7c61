package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import dev.millrace.engine.error.MillraceException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the partitions of the topics. Those that appear later are read from their first record on:
 * whatever they hold was written after the start.
 */
final class KafkaSplitEnumerator implements SplitEnumerator {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSplitEnumerator.class);

  private final KafkaConnection connection;
  private final TopicSelection topics;
  private final ScanRange range;
  private final Duration interval;
  private final Set<TopicPartition> known = new HashSet<>();
  private KafkaMetadata metadata;
  private boolean started;
  private boolean restored;

  /** {@code interval} is null when partitions are looked for only once. */
  KafkaSplitEnumerator(
      KafkaConnection connection, TopicSelection topics, ScanRange range, Duration interval) {
    this.connection = connection;
    this.topics = topics;
    this.range = range;
    this.interval = interval;
  }

  @Override
  public Assignment assignment() {
    return Assignment.EAGER;
  }

  @Override
  public Duration interval() {
    return interval;
  }

  /** What is not among these appeared later. */
  @Override
  public void restore(List<Split> splits) {
    splits.forEach(split -> known.add(((KafkaSplit) split).partition()));
    restored = !splits.isEmpty();
  }

  @Override
  public List<Split> discover() {
    if (!started) {
      metadata = new KafkaMetadata(connection);
      List<Split> splits = find();
      started = true;
      if (splits.isEmpty() && !restored) {
        LOG.warn(
            "Table '{}': no topic at {} matches the pattern '{}'.",
            connection.table(),
            connection.bootstrapServers(),
            topics);
      }
      return splits;
    }
    try {
      return find();
    } catch (MillraceException e) {
      // Whoever reads notices by itself when a topic is gone; a broker may come back.
      LOG.warn(
          "Looking for new partitions failed, the next try is in {}: {}", interval, e.getMessage());
      return List.of();
    }
  }

  private List<Split> find() {
    List<TopicPartition> fresh = new ArrayList<>(metadata.partitions(topics));
    fresh.removeAll(known);
    if (fresh.isEmpty()) {
      return List.of();
    }
    Map<TopicPartition, Long> starts =
        started || restored ? metadata.earliest(fresh) : range.starts(fresh, metadata);
    Map<TopicPartition, Long> stops = range.stops(fresh, metadata);
    List<Split> splits = new ArrayList<>();
    for (TopicPartition partition : fresh) {
      splits.add(new KafkaSplit(partition, starts.get(partition), stops.get(partition)));
    }
    known.addAll(fresh);
    return splits;
  }

  @Override
  public void close() {
    if (metadata != null) {
      metadata.close();
    }
  }
}
