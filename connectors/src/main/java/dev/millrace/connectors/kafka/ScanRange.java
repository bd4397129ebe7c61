package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * From where to where each partition is read.
 *
 * @param startTimestamp milliseconds since the epoch, used by its mode only, as are the offsets
 */
record ScanRange(
    StartupMode startup,
    long startTimestamp,
    Map<Integer, Long> startOffsets,
    OffsetReset reset,
    BoundedMode bounded,
    long stopTimestamp,
    Map<Integer, Long> stopOffsets) {

  static ScanRange of(
      StartupMode startup, Options options, TopicSelection topics, KafkaConnection connection) {
    BoundedMode bounded = options.get(KafkaOptions.BOUNDED_MODE);
    checkGroup(
        startup == StartupMode.GROUP_OFFSETS,
        "'scan.startup.mode' = 'group-offsets'",
        connection,
        options);
    checkGroup(
        bounded == BoundedMode.GROUP_OFFSETS,
        "'scan.bounded.mode' = 'group-offsets'",
        connection,
        options);
    return new ScanRange(
        startup,
        startup == StartupMode.TIMESTAMP ? time(options, KafkaOptions.STARTUP_TIMESTAMP) : 0,
        startup == StartupMode.SPECIFIC_OFFSETS
            ? offsets(options, KafkaOptions.STARTUP_SPECIFIC_OFFSETS, topics)
            : Map.of(),
        OffsetReset.of(startup, connection, options),
        bounded,
        bounded == BoundedMode.TIMESTAMP ? time(options, KafkaOptions.BOUNDED_TIMESTAMP) : 0,
        bounded == BoundedMode.SPECIFIC_OFFSETS
            ? offsets(options, KafkaOptions.BOUNDED_SPECIFIC_OFFSETS, topics)
            : Map.of());
  }

  private static void checkGroup(
      boolean needed, String why, KafkaConnection connection, Options options) {
    if (needed && connection.groupId() == null) {
      throw MillraceException.usage(
          "Option 'properties.group.id' is missing from %s; %s needs it%s."
              .formatted(
                  options.owner(),
                  why,
                  why.contains("startup") && !options.has(KafkaOptions.STARTUP_MODE)
                      ? " (that is the default; another is 'earliest-offset')"
                      : ""));
    }
  }

  private static long time(Options options, Option<Long> option) {
    long time = options.require(option);
    if (time < 0) {
      throw MillraceException.usage(
          "Option '%s' of %s has the value '%d', which is not valid: expected milliseconds since 1970."
              .formatted(option.name(), options.owner(), time));
    }
    return time;
  }

  private static Map<Integer, Long> offsets(
      Options options, Option<String> option, TopicSelection topics) {
    if (!topics.isSingle()) {
      throw MillraceException.usage(
          "Option '%s' of %s is for a single topic, but several are read."
              .formatted(option.name(), options.owner()));
    }
    return SpecificOffsets.parse(options, option);
  }

  boolean isBounded() {
    return bounded != BoundedMode.UNBOUNDED;
  }

  /** Where the partitions that are there at the start begin. */
  Map<TopicPartition, Long> starts(List<TopicPartition> partitions, KafkaMetadata metadata) {
    return switch (startup) {
      case EARLIEST_OFFSET -> metadata.earliest(partitions);
      case LATEST_OFFSET -> metadata.latest(partitions);
      case TIMESTAMP -> metadata.atTime(partitions, startTimestamp);
      case GROUP_OFFSETS -> committedOrReset(partitions, metadata);
      case SPECIFIC_OFFSETS -> given(startOffsets, partitions, metadata);
    };
  }

  private Map<TopicPartition, Long> committedOrReset(
      List<TopicPartition> partitions, KafkaMetadata metadata) {
    Map<TopicPartition, Long> starts = new HashMap<>(metadata.committed(partitions));
    List<TopicPartition> others = new ArrayList<>(partitions);
    others.removeAll(starts.keySet());
    if (others.isEmpty()) {
      return starts;
    }
    starts.putAll(
        switch (reset) {
          case EARLIEST -> metadata.earliest(others);
          case LATEST -> metadata.latest(others);
          case NONE -> throw metadata.noCommittedOffset(others.get(0), "start from");
        });
    return starts;
  }

  /** The offsets given; for other partitions the committed ones, else the earliest. */
  private static Map<TopicPartition, Long> given(
      Map<Integer, Long> offsets, Collection<TopicPartition> partitions, KafkaMetadata metadata) {
    Map<TopicPartition, Long> found = new HashMap<>();
    List<TopicPartition> others = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      Long offset = offsets.get(partition.partition());
      if (offset == null) {
        others.add(partition);
      } else {
        found.put(partition, offset);
      }
    }
    if (!others.isEmpty()) {
      found.putAll(metadata.committed(others));
      others.removeAll(found.keySet());
      found.putAll(metadata.earliest(others));
    }
    return found;
  }

  /** Where the partitions end. */
  Map<TopicPartition, Long> stops(List<TopicPartition> partitions, KafkaMetadata metadata) {
    return switch (bounded) {
      case UNBOUNDED -> endless(partitions);
      case LATEST_OFFSET -> metadata.latest(partitions);
      case TIMESTAMP -> metadata.atTime(partitions, stopTimestamp);
      case GROUP_OFFSETS -> allCommitted(partitions, metadata);
      case SPECIFIC_OFFSETS -> given(stopOffsets, partitions, metadata);
    };
  }

  private static Map<TopicPartition, Long> endless(List<TopicPartition> partitions) {
    Map<TopicPartition, Long> stops = new HashMap<>();
    partitions.forEach(partition -> stops.put(partition, KafkaSplit.NO_STOP));
    return stops;
  }

  private static Map<TopicPartition, Long> allCommitted(
      List<TopicPartition> partitions, KafkaMetadata metadata) {
    Map<TopicPartition, Long> stops = metadata.committed(partitions);
    for (TopicPartition partition : partitions) {
      if (!stops.containsKey(partition)) {
        throw metadata.noCommittedOffset(partition, "stop at");
      }
    }
    return stops;
  }
}
