package dev.millrace.connectors.kafka;

import dev.millrace.connectors.DeliveryGuarantee;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.util.List;

/** Writes {@code 'connector' = 'kafka'}. */
public final class KafkaSinkFactory implements SinkFactory {
  @Override
  public String identifier() {
    return "kafka";
  }

  @Override
  public List<Option<?>> options() {
    return KafkaOptions.KAFKA;
  }

  @Override
  public Sink sink(SinkTable table) {
    Options options = table.options();
    if (!table.insertOnly()) {
      throw new UnsupportedException(
          "updates and deletions written to the 'kafka' connector of %s (use 'upsert-kafka')"
              .formatted(options.owner()));
    }
    if (options.has(KafkaOptions.SINK_SEMANTIC)) {
      throw new UnsupportedException(
          "option 'sink.semantic' of %s (use 'sink.delivery-guarantee')"
              .formatted(options.owner()));
    }
    RecordFields fields = RecordFields.ofKafka(table.schema(), options);
    return sink(table, fields, fixedPartition(options), null, /* upsert= */ false);
  }

  private static boolean fixedPartition(Options options) {
    String partitioner = options.get(KafkaOptions.SINK_PARTITIONER);
    return switch (partitioner) {
      case "default" -> false;
      case "fixed" -> true;
      case "round-robin" -> {
        if (!options.get(KafkaOptions.KEY_FIELDS).isEmpty()) {
          throw MillraceException.usage(
              "Option 'sink.partitioner' = 'round-robin' of %s does not go with 'key.fields'."
                  .formatted(options.owner()));
        }
        yield false;
      }
      default ->
          throw new UnsupportedException(
              "option 'sink.partitioner' = '%s' of %s (known: default, fixed, round-robin)"
                  .formatted(partitioner, options.owner()));
    };
  }

  private static String transactionalIdPrefix(Options options) {
    String prefix = options.get(KafkaOptions.TRANSACTIONAL_ID_PREFIX);
    if (prefix == null) {
      throw MillraceException.usage(
          "Option '%s' is missing from %s; '%s' = 'exactly-once' needs one that no other job uses."
              .formatted(
                  KafkaOptions.TRANSACTIONAL_ID_PREFIX.name(),
                  options.owner(),
                  KafkaOptions.DELIVERY_GUARANTEE.name()));
    }
    return prefix;
  }

  static Sink sink(
      SinkTable table,
      RecordFields fields,
      boolean fixedPartition,
      UpsertBuffer.Limits buffer,
      boolean upsert) {
    Options options = table.options();
    TopicSelection topics = TopicSelection.of(options);
    WritableMetadata metadata = WritableMetadata.of(table, topics);
    if (!topics.isSingle() && metadata.topic() < 0) {
      throw MillraceException.usage(
          "%s may write to several topics, so it needs the metadata column 'topic'."
              .formatted(RecordFields.capitalised(options.owner())));
    }
    KafkaConnection connection = KafkaConnection.of(table.name(), options);
    DeliveryGuarantee delivery = options.get(KafkaOptions.DELIVERY_GUARANTEE);
    return new KafkaSink(
        connection,
        topics,
        fields,
        fields.hasKey()
            ? table.encoding(fields.keyFormat(), fields.keyOptions(), fields.keyRow())
            : null,
        table.encoding(fields.valueFormat(), fields.valueOptions(), fields.valueRow()),
        metadata,
        upsert,
        fixedPartition,
        buffer,
        delivery == DeliveryGuarantee.EXACTLY_ONCE
            ? new KafkaSystem(connection, transactionalIdPrefix(options), topics)
            : null,
        delivery,
        options.get(KafkaOptions.SINK_PARALLELISM));
  }
}
