package dev.millrace.engine.batch;

import dev.millrace.engine.type.DataType;

/**
 * Builds a {@link RowVector}: append to each {@link #field}, then call {@link #endRow}; fields that
 * got no value become null.
 */
public final class RowBuilder extends VectorBuilder {
  private final VectorBuilder[] fields;

  public RowBuilder(VectorBuilder... fields) {
    this.fields = fields;
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

  /** Completes the row being appended. */
  public void endRow() {
    int rows = next() + 1;
    for (VectorBuilder field : fields) {
      if (field.size() < rows) {
        field.appendNull();
      }
    }
  }

  /** Drops what was appended to the fields since the last {@link #endRow}. */
  public void discardRow() {
    truncateValues(size());
  }

  @Override
  protected void appendDefault() {
    discardRow();
    endRow();
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
    Vector[] built = new Vector[fields.length];
    for (int i = 0; i < fields.length; i++) {
      built[i] = fields[i].build();
    }
    return built;
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    for (VectorBuilder field : fields) {
      field.reset(heap);
    }
  }
}
