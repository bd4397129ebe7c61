package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.RecordBlockBuilder;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.format.Encoder;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes Kafka records of the rows of batches. Not thread-safe. */
final class RowEncoder {
  private final KafkaSink sink;
  private final Encoder keyEncoder;
  private final Encoder valueEncoder;
  private final RecordBlockBuilder keys = new RecordBlockBuilder();
  private final RecordBlockBuilder values = new RecordBlockBuilder();
  private final TargetTopic topic;
  private final TargetPartition partition;
  private final RecordSize size;

  RowEncoder(KafkaSink sink, TargetTopic topic, TargetPartition partition) {
    this.sink = sink;
    this.keyEncoder = sink.keyFormat() == null ? null : sink.keyFormat().newEncoder();
    this.valueEncoder = sink.valueFormat().newEncoder();
    this.topic = topic;
    this.partition = partition;
    this.size = RecordSize.of(sink.connection(), sink.topics());
  }

  /** The record of each row, in order; throws a user's error if there is one that has none. */
  List<ProducerRecord<byte[], byte[]>> encode(Batch batch) {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(batch.rowCount());
    RecordBlock keyBlock =
        keyEncoder == null
            ? null
            : encode(keyEncoder, keys, columns(batch, sink.fields().key()), batch.rowCount());
    Positions kept = sink.upsert() ? kept(batch) : Positions.all(batch.rowCount());
    Batch written = columns(batch, sink.fields().value()).take(kept);
    RecordBlock valueBlock = encode(valueEncoder, values, written, kept.count());
    int value = 0;
    for (int row = 0; row < batch.rowCount(); row++) {
      boolean hasValue = value < kept.count() && kept.get(value) == row;
      String to = topic.of(batch, row);
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(
              to,
              partition.of(to),
              sink.metadata().timestamp(batch, row),
              keyBlock == null ? null : keyBlock.copy(row),
              hasValue ? valueBlock.copy(value) : null,
              sink.metadata().headers(batch, row));
      size.check(record);
      records.add(record);
      value += hasValue ? 1 : 0;
    }
    return records;
  }

  /** The rows that have a value: all but those that are deleted or replaced. */
  private static Positions kept(Batch batch) {
    byte[] kinds = batch.rowKinds();
    if (kinds == null) {
      return Positions.all(batch.rowCount());
    }
    int[] rows = new int[batch.rowCount()];
    int count = 0;
    for (int row = 0; row < rows.length; row++) {
      if (kinds[row] == RowKind.INSERT.code() || kinds[row] == RowKind.UPDATE_AFTER.code()) {
        rows[count++] = row;
      }
    }
    return count == rows.length ? Positions.all(count) : Positions.of(rows, count);
  }

  /** The rows with some of the columns, as inserts, which is all that these formats know. */
  private static Batch columns(Batch batch, int[] columns) {
    Vector[] chosen = new Vector[columns.length];
    for (int i = 0; i < columns.length; i++) {
      chosen[i] = batch.column(columns[i]);
    }
    return new Batch(batch.rowCount(), chosen);
  }

  private RecordBlock encode(Encoder encoder, RecordBlockBuilder builder, Batch rows, int count) {
    try {
      encoder.encode(rows, builder);
    } catch (RuntimeException e) {
      builder.build();
      throw e;
    }
    RecordBlock block = builder.build();
    if (block.count() != count) {
      throw MillraceException.job(
          "Table '%s': the format made %d records of %d rows."
              .formatted(sink.connection().table(), block.count(), count));
    }
    return block;
  }
}
