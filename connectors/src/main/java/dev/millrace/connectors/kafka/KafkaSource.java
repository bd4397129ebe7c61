package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.connector.SplitEnumerator;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A table over topics of Kafka; a split is a partition.
 *
 * @param interval pause between looks for new partitions, or null for looking just once
 * @param metadata the wanted metadata columns
 * @param parallelism of the scan, or 0 for the job's
 */
record KafkaSource(
    KafkaConnection connection,
    TopicSelection topics,
    ScanRange range,
    Duration interval,
    DecodingPlan decoding,
    List<ReadableMetadata> metadata,
    int parallelism)
    implements Source {
  @Override
  public boolean bounded() {
    return range.isBounded();
  }

  @Override
  public SplitEnumerator enumerator() {
    return new KafkaSplitEnumerator(connection, topics, range, bounded() ? null : interval);
  }

  @Override
  public Split split(Map<String, String> saved) {
    return KafkaSplit.of(saved);
  }

  @Override
  public SourceReader reader(SourceContext context) {
    return new KafkaSourceReader(this, context);
  }
}
