package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.ValueBytes;
import dev.millrace.engine.type.DataType;

/**
 * Writes batches of one row type as bytes and reads them back, column by column; {@link
 * SnapshotFormat} has the layout. Only values that a row refers to are written. Immutable.
 */
final class BatchCodec {
  private final DataType row;

  /** Throws {@code UnsupportedException} if values of one of the columns have no bytes. */
  BatchCodec(DataType row) {
    ValueBytes.check(row);
    this.row = row;
  }

  void encode(Batch batch, ByteWriter to) {
    int columns = row.children().size();
    if (batch.columnCount() != columns) {
      throw new IllegalArgumentException(
          "a batch of " + batch.columnCount() + " columns where " + columns + " belong");
    }
    int rows = batch.rowCount();
    to.putInt(rows);
    boolean insertOnly = batch.insertOnly();
    to.putBoolean(!insertOnly);
    if (!insertOnly) {
      to.putBytes(batch.rowKinds(), 0, rows);
    }
    for (int i = 0; i < columns; i++) {
      Vector column = batch.column(i);
      ColumnEncoder.encode(row.child(i), column, column.nulls(), 0, rows, to);
    }
  }

  /** Reads a batch, whose strings point into the bytes that are read. */
  Batch decode(ByteReader from) throws DamagedFileException {
    int rows = from.getInt();
    if (rows < 0) {
      throw new DamagedFileException("a batch has " + rows + " rows");
    }
    byte[] kinds = from.getBoolean() ? kinds(from.getBytes(rows)) : null;
    Vector[] columns = new Vector[row.children().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = ColumnDecoder.decode(row.child(i), rows, from);
    }
    return new Batch(rows, columns, kinds);
  }

  private static byte[] kinds(byte[] codes) throws DamagedFileException {
    for (byte code : codes) {
      if (code < 0 || code >= RowKind.values().length) {
        throw new DamagedFileException("a row has the unknown kind " + code);
      }
    }
    return codes;
  }
}
