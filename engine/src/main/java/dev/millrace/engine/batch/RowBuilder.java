package dev.millrace.engine.batch;

import dev.millrace.engine.type.DataType;

/**
 * Builds a {@link RowVector}: call {@link #beginRow}, append to each {@link #field}, then call
 * {@link #endRow}; fields that got no value become null.
 *
 * <p>The fields of null rows are filled up late, many rows at once: of a wide row that is mostly
 * null, a null costs as little as that of a number.
 */
public final class RowBuilder extends VectorBuilder {
  private final VectorBuilder[] fields;

  /** For each field that is left out some nulls, which batches share; null for all others. */
  private final Vector[] leftOut;

  /** Whether the fields have no slots yet for the last rows, which are null. */
  private boolean behind;

  public RowBuilder(VectorBuilder... fields) {
    this.fields = fields;
    this.leftOut = new Vector[fields.length];
  }

  static RowBuilder ofRow(DataType type, ByteHeap heap) {
    VectorBuilder[] fields = new VectorBuilder[type.children().size()];
    for (int i = 0; i < fields.length; i++) {
      fields[i] = VectorBuilder.of(type.child(i), heap);
    }
    return new RowBuilder(fields);
  }

  public VectorBuilder field(int index) {
    return fields[index];
  }

  public int fieldCount() {
    return fields.length;
  }

  /** Says that nothing will ever be appended to a field: it costs nothing, and is null. */
  public void leaveOut(int index) {
    leftOut[index] = nulls(index, INITIAL_CAPACITY);
  }

  private Vector nulls(int index, int count) {
    VectorBuilder field = fields[index];
    field.padTo(count);
    Vector nulls = field.build();
    field.reset(new ByteHeap(0));
    return nulls;
  }

  /** To be called before the first field of a row is appended. */
  public void beginRow() {
    if (behind) {
      fillUp(size());
    }
  }

  private void fillUp(int rows) {
    for (int i = 0; i < fields.length; i++) {
      if (leftOut[i] == null) {
        fields[i].padTo(rows);
      }
    }
    behind = false;
  }

  /** Completes the row being appended. */
  public void endRow() {
    if (behind) {
      throw new IllegalStateException("a row ends that was not begun");
    }
    fillUp(next() + 1);
  }

  /** Drops what was appended to the fields since the last {@link #endRow}. */
  public void discardRow() {
    truncateValues(size());
  }

  @Override
  protected void fillDefaults(int from, int to) {
    if (!behind) {
      truncateValues(from);
      behind = true;
    }
  }

  @Override
  protected void truncateValues(int newSize) {
    for (VectorBuilder field : fields) {
      field.truncate(newSize);
    }
  }

  @Override
  public RowVector build() {
    return new RowVector(size(), buildFields(), builtNulls());
  }

  /** The field vectors alone. */
  Vector[] buildFields() {
    beginRow();
    Vector[] built = new Vector[fields.length];
    for (int i = 0; i < fields.length; i++) {
      built[i] = leftOut[i] == null ? fields[i].build() : leftOut(i);
    }
    return built;
  }

  private Vector leftOut(int index) {
    if (leftOut[index].size() < size()) {
      leftOut[index] = nulls(index, grown(size()));
    }
    return leftOut[index];
  }

  @Override
  void useHeap(ByteHeap heap) {
    for (VectorBuilder field : fields) {
      field.useHeap(heap);
    }
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    behind = false;
    for (int i = 0; i < fields.length; i++) {
      if (leftOut[i] == null) {
        fields[i].reset(heap);
      }
    }
  }
}
