package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.Batch;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A record on its way to Kafka, and the row that it was made of.
 *
 * @param batch null if nobody will ask for the row
 */
record OutgoingRow(ProducerRecord<byte[], byte[]> record, Batch batch, int row) {}
