package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.RefusedRowException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;

/**
 * Finds records that the producer, or a broker for their topic, would refuse as too large, before
 * they are sent: a refused record spoils the transaction that it is part of.
 *
 * @param table for messages
 * @param limit bytes of a record at most
 * @param ofTopics bytes of a record at most, by topic; where they are not known, a broker decides
 */
record RecordSize(String table, int limit, Map<String, Integer> ofTopics) {
  static RecordSize of(KafkaConnection connection, TopicSelection topics) {
    String limit = connection.property(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    Object byDefault =
        ProducerConfig.configDef().defaultValues().get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG);
    return new RecordSize(
        connection.table(),
        limit == null ? (int) byDefault : Integer.parseInt(limit.trim()),
        ofTopics(connection, topics));
  }

  /** Brokers look at what is left of a record when it has been compressed. */
  private static Map<String, Integer> ofTopics(KafkaConnection connection, TopicSelection topics) {
    String compression = connection.property(ProducerConfig.COMPRESSION_TYPE_CONFIG);
    if (compression != null && !compression.trim().toLowerCase(Locale.ROOT).equals("none")) {
      return Map.of();
    }
    try (KafkaMetadata metadata = new KafkaMetadata(connection)) {
      return metadata.largestRecords(topics);
    }
  }

  /** Throws a user's error if the record is too large; counts as the producer and brokers do. */
  void check(ProducerRecord<byte[], byte[]> record) {
    int most =
        AbstractRecords.estimateSizeInBytesUpperBound(
            RecordBatch.CURRENT_MAGIC_VALUE,
            Compression.NONE.type(),
            record.key(),
            record.value(),
            record.headers().toArray());
    if (most > limit) {
      refuse(most, "'properties." + ProducerConfig.MAX_REQUEST_SIZE_CONFIG + "'", limit);
    }
    int ofTopic = ofTopics.getOrDefault(record.topic(), Integer.MAX_VALUE);
    if (most > ofTopic) {
      checkExactly(record, ofTopic);
    }
  }

  private void checkExactly(ProducerRecord<byte[], byte[]> record, int ofTopic) {
    SimpleRecord alone =
        new SimpleRecord(0, record.key(), record.value(), record.headers().toArray());
    int bytes = DefaultRecordBatch.sizeInBytes(List.of(alone));
    if (bytes > ofTopic) {
      String setting =
          "'%s' of topic '%s'".formatted(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, record.topic());
      refuse(bytes, setting, ofTopic);
    }
  }

  private void refuse(int bytes, String setting, int allowed) {
    String message =
        "Table '%s': a record of %d bytes is larger than %s = %d allows"
            .formatted(table, bytes, setting, allowed);
    throw new RefusedRowException(message + ".", new RecordTooLargeException(message));
  }
}
