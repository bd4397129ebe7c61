package dev.millrace.connectors.kafka;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.connector.RecordDecoding;
import dev.millrace.engine.connector.RecordOrigin;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import java.util.Arrays;

/**
 * Makes batches of fetched blocks: decodes keys and values and sets their columns and the metadata
 * side by side. Not thread-safe.
 *
 * <p>A record whose key has several rows and whose value has several gives every pair of them, one
 * without any gives none; a column that both hold is taken from the value.
 */
final class RowDecoder {
  private final DecodingPlan plan;
  private final RecordDecoding keys;
  private final RecordDecoding values;

  RowDecoder(DecodingPlan plan, String table, SourceContext context) {
    this.plan = plan;
    this.keys =
        plan.keyFormat() == null
            ? null
            : new RecordDecoding(plan.keyFormat().newDecoder(), plan.keyRow(), table, context);
    this.values =
        new RecordDecoding(plan.valueFormat().newDecoder(), plan.valueRow(), table, context);
  }

  void decode(FetchedBlock block, SourceOutput output) {
    if (!plan.upsert()) {
      emit(rows(block, 0, block.count()), block, output);
      return;
    }
    // Values and tombstones by turns: each run becomes a batch of its own.
    RecordBlock records = block.values();
    int from = 0;
    while (from < records.count()) {
      boolean tombstones = records.isAbsent(from);
      int to = from + 1;
      while (to < records.count() && records.isAbsent(to) == tombstones) {
        to++;
      }
      Batch rows = tombstones ? deletions(block, from, to) : upserts(block, from, to);
      emit(rows, block, output);
      from = to;
    }
  }

  private static void emit(Batch batch, FetchedBlock block, SourceOutput output) {
    if (batch.rowCount() > 0) {
      output.emit(block.split(), batch);
    }
  }

  /** The rows of the records {@code from} up to {@code to}. */
  private Batch rows(FetchedBlock block, int from, int to) {
    Batch valueRows =
        values.decode(RecordBlocks.slice(block.values(), from, to), new Origin(block, from, false));
    if (keys == null) {
      Pairs pairs = Pairs.ofValues(values.records(), valueRows.rowCount());
      return combine(null, valueRows, pairs, block, from, to);
    }
    Batch keyRows = decodeKeys(block, from, to);
    Pairs pairs =
        Pairs.of(keys.records(), keyRows.rowCount(), values.records(), valueRows.rowCount());
    return combine(keyRows, valueRows, pairs, block, from, to);
  }

  private Batch upserts(FetchedBlock block, int from, int to) {
    return withKind(rows(block, from, to), RowKind.UPDATE_AFTER);
  }

  /** Deletions know just their key; the other columns are null. */
  private Batch deletions(FetchedBlock block, int from, int to) {
    Batch keyRows = decodeKeys(block, from, to);
    int rows = keyRows.rowCount();
    int physical = plan.keyColumns().length;
    Vector[] columns = new Vector[physical + block.metadata().length];
    for (int i = 0; i < physical; i++) {
      int column = plan.keyColumns()[i];
      columns[i] =
          column >= 0 ? keyRows.column(column) : Vectors.allNull(plan.physicalType(i), rows);
    }
    Pairs pairs = Pairs.ofValues(keys.records(), rows);
    takeMetadata(columns, physical, pairs, block, from, to);
    return withKind(new Batch(rows, columns), RowKind.DELETE);
  }

  private Batch decodeKeys(FetchedBlock block, int from, int to) {
    return keys.decode(RecordBlocks.slice(block.keys(), from, to), new Origin(block, from, true));
  }

  /** Of the records from one of a fetched block on. */
  private record Origin(FetchedBlock block, int from, boolean key) implements RecordOrigin {
    @Override
    public String split(int record) {
      return block.split().id();
    }

    @Override
    public long position(int record) {
      return block.offsets()[from + record];
    }

    @Override
    public String part() {
      return key ? "key: " : "";
    }

    @Override
    public String describe(int record) {
      return block.split().position(position(record)) + (key ? ", key" : "");
    }
  }

  private Batch combine(
      Batch keyRows, Batch valueRows, Pairs pairs, FetchedBlock block, int from, int to) {
    int physical = plan.valueColumns().length;
    Vector[] columns = new Vector[physical + block.metadata().length];
    for (int i = 0; i < physical; i++) {
      int column = plan.valueColumns()[i];
      columns[i] =
          column >= 0
              ? take(valueRows.column(column), pairs.values(), pairs.count())
              : take(keyRows.column(plan.keyColumns()[i]), pairs.keys(), pairs.count());
    }
    takeMetadata(columns, physical, pairs, block, from, to);
    return new Batch(pairs.count(), columns);
  }

  private static void takeMetadata(
      Vector[] columns, int at, Pairs pairs, FetchedBlock block, int from, int to) {
    boolean all = from == 0 && to == block.count();
    for (int i = 0; i < block.metadata().length; i++) {
      Vector column = block.metadata()[i];
      columns[at + i] =
          all && pairs.records() == null ? column : column.take(pairs.records(from), pairs.count());
    }
  }

  private static Vector take(Vector column, int[] positions, int count) {
    return positions == null ? column : column.take(positions, count);
  }

  private static Batch withKind(Batch batch, RowKind kind) {
    Vector[] columns = new Vector[batch.columnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(i);
    }
    byte[] kinds = new byte[batch.rowCount()];
    Arrays.fill(kinds, kind.code());
    return new Batch(batch.rowCount(), columns, kinds);
  }
}
