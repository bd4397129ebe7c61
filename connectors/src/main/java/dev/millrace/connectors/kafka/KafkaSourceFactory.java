package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.time.Duration;
import java.util.List;

/** Reads {@code 'connector' = 'kafka'}. */
public final class KafkaSourceFactory implements SourceFactory {
  @Override
  public String identifier() {
    return "kafka";
  }

  @Override
  public List<Option<?>> options() {
    return KafkaOptions.KAFKA;
  }

  @Override
  public Source source(SourceTable table) {
    Options options = table.options();
    return source(
        table,
        RecordFields.ofKafka(table.schema(), options),
        options.get(KafkaOptions.STARTUP_MODE),
        options.get(KafkaOptions.DISCOVERY_INTERVAL),
        /* upsert= */ false);
  }

  static Source source(
      SourceTable table,
      RecordFields fields,
      StartupMode startup,
      Duration interval,
      boolean upsert) {
    Options options = table.options();
    TopicSelection topics = TopicSelection.of(options);
    KafkaConnection connection = KafkaConnection.of(table.name(), options);
    if (OffsetCommitter.autoCommit(connection) && connection.groupId() == null) {
      throw MillraceException.usage(
          "Option 'properties.group.id' is missing from %s; 'properties.enable.auto.commit' needs it."
              .formatted(options.owner()));
    }
    return new KafkaSource(
        connection,
        topics,
        ScanRange.of(startup, options, topics, connection),
        interval.isZero() ? null : interval,
        DecodingPlan.of(table, fields, upsert),
        table.metadata().stream().map(column -> ReadableMetadata.of(column, options)).toList(),
        options.get(KafkaOptions.SCAN_PARALLELISM));
  }
}
