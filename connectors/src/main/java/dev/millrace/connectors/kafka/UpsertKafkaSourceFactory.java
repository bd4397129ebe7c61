package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.option.Option;
import java.util.List;

/**
 * Reads {@code 'connector' = 'upsert-kafka'}: always from the first record on, each record an
 * update of its key's row, or the row's deletion when it has no value.
 */
public final class UpsertKafkaSourceFactory implements SourceFactory {
  @Override
  public String identifier() {
    return "upsert-kafka";
  }

  @Override
  public List<Option<?>> options() {
    return KafkaOptions.UPSERT_KAFKA;
  }

  @Override
  public Source source(SourceTable table) {
    return KafkaSourceFactory.source(
        table,
        RecordFields.ofUpsertKafka(table.schema(), table.primaryKey(), table.options()),
        StartupMode.EARLIEST_OFFSET,
        table.options().get(KafkaOptions.DISCOVERY_INTERVAL),
        /* upsert= */ true);
  }
}
