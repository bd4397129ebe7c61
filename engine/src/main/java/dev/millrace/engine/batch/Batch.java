package dev.millrace.engine.batch;

/**
 * A number of rows, column by column, the unit that flows through the engine. Immutable; may be
 * handed to several consumers.
 */
public final class Batch {
  private final int rowCount;
  private final Vector[] columns;
  private final byte[] rowKinds;

  /** A batch of inserts. */
  public Batch(int rowCount, Vector... columns) {
    this(rowCount, columns, null);
  }

  /** {@code rowKinds} holds a {@link RowKind#code()} per row, or is null when all are inserts. */
  public Batch(int rowCount, Vector[] columns, byte[] rowKinds) {
    this.rowCount = rowCount;
    this.columns = columns;
    this.rowKinds = rowKinds;
    for (Vector column : columns) {
      assert column.size() >= rowCount : "column shorter than its batch";
    }
  }

  public int rowCount() {
    return rowCount;
  }

  public int columnCount() {
    return columns.length;
  }

  public Vector column(int index) {
    return columns[index];
  }

  /** A {@link RowKind#code()} per row, or null when every row is an insert. */
  public byte[] rowKinds() {
    return rowKinds;
  }

  public RowKind rowKind(int row) {
    return rowKinds == null ? RowKind.INSERT : RowKind.of(rowKinds[row]);
  }

  /** Whether every row is an insert. */
  public boolean insertOnly() {
    for (int row = 0; rowKinds != null && row < rowCount; row++) {
      if (rowKinds[row] != RowKind.INSERT.code()) {
        return false;
      }
    }
    return true;
  }

  /** The same rows and kinds with other columns. */
  public Batch withColumns(Vector... newColumns) {
    return new Batch(rowCount, newColumns, rowKinds);
  }

  /** The rows at the given positions, dense; this batch itself if those are all its rows. */
  public Batch take(Positions rows) {
    if (rows.isDense() && rows.count() == rowCount) {
      return this;
    }
    Vector[] taken = new Vector[columns.length];
    for (int i = 0; i < columns.length; i++) {
      taken[i] = rows.take(columns[i]);
    }
    return new Batch(rows.count(), taken, takeKinds(rows));
  }

  /** The kinds of the rows at the given positions, or null when every row is an insert. */
  public byte[] takeKinds(Positions rows) {
    if (rowKinds == null || rows.isDense()) {
      return rowKinds;
    }
    byte[] taken = new byte[rows.count()];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = rowKinds[rows.get(i)];
    }
    return taken;
  }
}
