package dev.millrace.connectors.kafka;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.time.Duration;
import java.util.List;

/**
 * Writes {@code 'connector' = 'upsert-kafka'}: records by primary key, a deletion as a record
 * without a value.
 */
public final class UpsertKafkaSinkFactory implements SinkFactory {
  @Override
  public String identifier() {
    return "upsert-kafka";
  }

  @Override
  public List<Option<?>> options() {
    return KafkaOptions.UPSERT_KAFKA;
  }

  @Override
  public Sink sink(SinkTable table) {
    RecordFields fields =
        RecordFields.ofUpsertKafka(table.schema(), table.primaryKey(), table.options());
    return KafkaSinkFactory.sink(
        table, fields, /* fixedPartition= */ false, buffer(table.options()), /* upsert= */ true);
  }

  private static UpsertBuffer.Limits buffer(Options options) {
    int rows = options.get(KafkaOptions.BUFFER_MAX_ROWS);
    Duration interval = options.get(KafkaOptions.BUFFER_INTERVAL);
    if ((rows > 0) == interval.isZero()) {
      throw MillraceException.usage(
          "Options '%s' and '%s' of %s go together: give both a value above zero, or neither."
              .formatted(
                  KafkaOptions.BUFFER_MAX_ROWS.name(),
                  KafkaOptions.BUFFER_INTERVAL.name(),
                  options.owner()));
    }
    return rows > 0 ? new UpsertBuffer.Limits(rows, interval) : null;
  }
}
