package dev.millrace.engine.batch;

import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/**
 * Collects rows into batches: append to each {@link #column}, then {@link #endRow}. Not
 * thread-safe.
 *
 * <p>A decoder may first call {@link #useHeap} so that strings point into the bytes it reads.
 */
public final class BatchBuilder {
  private final RowBuilder rows;
  private byte[] rowKinds;

  /** {@code rowType} is a ROW whose fields are the columns. */
  public BatchBuilder(DataType rowType) {
    this.rows = RowBuilder.ofRow(rowType, new ByteHeap());
  }

  /** Starts over on a heap whose content the columns may point into; no row may be pending. */
  public void useHeap(ByteHeap heap) {
    if (rows.size() != 0) {
      throw new IllegalStateException("rows are pending");
    }
    rows.useHeap(heap);
  }

  public VectorBuilder column(int index) {
    return rows.field(index);
  }

  public int columnCount() {
    return rows.fieldCount();
  }

  public int rowCount() {
    return rows.size();
  }

  public boolean isEmpty() {
    return rows.size() == 0;
  }

  /** Completes an inserted row; columns that got no value become null. */
  public void endRow() {
    endRow(RowKind.INSERT);
  }

  /** Completes a row of the given kind; columns that got no value become null. */
  public void endRow(RowKind kind) {
    int position = rows.size();
    rows.endRow();
    if (kind != RowKind.INSERT || rowKinds != null) {
      if (rowKinds == null) {
        rowKinds = new byte[Math.max(VectorBuilder.INITIAL_CAPACITY, position + 1)];
      } else if (position >= rowKinds.length) {
        rowKinds = Arrays.copyOf(rowKinds, position * 2);
      }
      rowKinds[position] = kind.code();
    }
  }

  /** Drops the values appended since the last {@link #endRow}. */
  public void discardRow() {
    rows.discardRow();
  }

  /** Drops the completed rows from {@code rowCount} on, and what was appended after them. */
  public void truncate(int rowCount) {
    rows.discardRow();
    rows.truncate(rowCount);
    if (rowKinds != null && rowCount < rowKinds.length) {
      Arrays.fill(rowKinds, rowCount, rowKinds.length, (byte) 0);
    }
  }

  /** The batch of all completed rows; this builder starts over, empty, on a new heap. */
  public Batch build() {
    Batch batch = new Batch(rows.size(), rows.buildFields(), builtKinds());
    rows.reset(new ByteHeap());
    rowKinds = null;
    return batch;
  }

  private byte[] builtKinds() {
    if (rowKinds == null || rowKinds.length >= rows.size()) {
      return rowKinds;
    }
    return Arrays.copyOf(rowKinds, rows.size());
  }
}
