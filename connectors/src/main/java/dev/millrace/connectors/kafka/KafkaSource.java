package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.SplitEnumerator;
import java.time.Duration;
import java.util.List;

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
  public SourceReader reader(SourceContext context) {
    return new KafkaSourceReader(this, context);
  }
}
