package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.RefusedRowException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Finds records that the producer would refuse as too large, before it sees them: a record refused
 * by it spoils the transaction that it is part of.
 *
 * @param table for messages
 * @param limit bytes of a record at most
 */
record RecordSize(String table, int limit) {
  static RecordSize of(KafkaConnection connection) {
    String limit = connection.property(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    Object byDefault =
        ProducerConfig.configDef().defaultValues().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    return new RecordSize(
        connection.table(), limit == null ? (int) byDefault : Integer.parseInt(limit.trim()));
  }

  /** Throws a user's error if the record is too large; counts as the producer does. */
  void check(ProducerRecord<byte[], byte[]> record) {
    int bytes =
        AbstractRecords.estimateSizeInBytesUpperBound(
            RecordBatch.CURRENT_MAGIC_VALUE,
            Compression.NONE.type(),
            record.key(),
            record.value(),
            record.headers().toArray());
    if (bytes > limit) {
      String message =
          "Table '%s': a record of %d bytes is larger than 'properties.%s' = %d allows"
              .formatted(table, bytes, ProducerConfig.MAX_REQUEST_SIZE_CONFIG, limit);
      throw new RefusedRowException(message + ".", new RecordTooLargeException(message));
    }
  }
}
