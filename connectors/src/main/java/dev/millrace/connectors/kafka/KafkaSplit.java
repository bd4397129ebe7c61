package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.Split;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** A partition to read from offset {@code start} up to, not including, offset {@code stop}. */
record KafkaSplit(TopicPartition partition, long start, long stop) implements Split {
  /** The stop of a partition that is read for ever. */
  static final long NO_STOP = Long.MAX_VALUE;

  @Override
  public String id() {
    return partition.toString();
  }

  @Override
  public Map<String, String> saved() {
    return Map.of(
        "topic", partition.topic(),
        "partition", Integer.toString(partition.partition()),
        "start", Long.toString(start),
        "stop", Long.toString(stop));
  }

  /** The split that was saved as this. */
  static KafkaSplit of(Map<String, String> saved) {
    return new KafkaSplit(
        new TopicPartition(saved.get("topic"), Integer.parseInt(saved.get("partition"))),
        Long.parseLong(saved.get("start")),
        Long.parseLong(saved.get("stop")));
  }

  boolean bounded() {
    return stop != NO_STOP;
  }

  boolean isEmpty() {
    return start >= stop;
  }

  /** Says where a record came from. */
  String position(long offset) {
    return "topic %s, partition %d, offset %d"
        .formatted(partition.topic(), partition.partition(), offset);
  }
}
