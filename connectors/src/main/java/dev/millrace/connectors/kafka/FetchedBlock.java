package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.Vector;

/**
 * Records of one partition as one poll brought them, not yet decoded.
 *
 * @param keys null when the table has no key format
 * @param offsets the offset of each record
 * @param metadata the wanted metadata columns, one value per record
 */
record FetchedBlock(
    KafkaSplit split, RecordBlock keys, RecordBlock values, long[] offsets, Vector[] metadata) {
  int count() {
    return values.count();
  }

  long bytes() {
    return (long) values.data().length + (keys == null ? 0 : keys.data().length);
  }

  /** The offset after the last record. */
  long nextOffset() {
    return offsets[offsets.length - 1] + 1;
  }
}
