package dev.millrace.connectors.kafka;

import dev.millrace.connectors.DeliveryGuarantee;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.format.EncodingFormat;

/**
 * A table that writes to topics of Kafka.
 *
 * @param keyFormat null when records have no key
 * @param upsert whether deletions are written, as records without a value
 * @param fixedPartition whether each writer keeps to one partition
 * @param buffer how long updates of one key wait for each other, or null for not at all
 * @param system whose transactions carry the records, or null
 * @param parallelism of the sink, or 0 for its input's
 */
record KafkaSink(
    KafkaConnection connection,
    TopicSelection topics,
    RecordFields fields,
    EncodingFormat keyFormat,
    EncodingFormat valueFormat,
    WritableMetadata metadata,
    boolean upsert,
    boolean fixedPartition,
    UpsertBuffer.Limits buffer,
    KafkaSystem system,
    DeliveryGuarantee delivery,
    int parallelism)
    implements Sink {
  @Override
  public SinkWriter writer(SinkContext context) {
    return new KafkaSinkWriter(this, context);
  }

  @Override
  public boolean blocking() {
    return true;
  }
}
