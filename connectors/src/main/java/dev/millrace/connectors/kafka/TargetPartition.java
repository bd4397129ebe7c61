package dev.millrace.connectors.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Chooses the partition of a record. */
interface TargetPartition {
  /** The partition, or null to leave it to the client: by the key, or spread evenly without one. */
  Integer of(String topic);

  /** Leaves it to the client. */
  static TargetPartition byClient() {
    return topic -> null;
  }

  /** One partition of each topic for all records of one writer. */
  static TargetPartition fixed(int subtask, ToIntFunction<String> partitionCount) {
    Map<String, Integer> chosen = new HashMap<>();
    return topic ->
        chosen.computeIfAbsent(topic, name -> subtask % partitionCount.applyAsInt(name));
  }
}
