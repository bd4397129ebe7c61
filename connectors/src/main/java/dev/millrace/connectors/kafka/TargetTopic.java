package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.error.RefusedRowException;
import java.util.HashSet;
import java.util.Set;

/** Chooses the topic of a row: the table's only one, or the one that its metadata column names. */
final class TargetTopic {
  private final KafkaSink sink;
  private final String only;
  private final Set<String> allowed = new HashSet<>();

  TargetTopic(KafkaSink sink) {
    this.sink = sink;
    this.only = sink.topics().isSingle() ? sink.topics().names().get(0) : null;
  }

  String of(Batch batch, int row) {
    if (only != null) {
      return only;
    }
    String topic = sink.metadata().topic(batch, row);
    if (topic == null || (!allowed.contains(topic) && !sink.topics().contains(topic))) {
      throw new RefusedRowException(
          "Table '%s': a row's metadata column 'topic' is %s, which is not among '%s'."
              .formatted(
                  sink.connection().table(),
                  topic == null ? "null" : "'" + topic + "'",
                  sink.topics()));
    }
    allowed.add(topic);
    return topic;
  }
}
