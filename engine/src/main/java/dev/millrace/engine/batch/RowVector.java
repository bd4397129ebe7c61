package dev.millrace.engine.batch;

/** A vector of ROW values: one vector per field, aligned by position. */
public final class RowVector extends Vector {
  private final Vector[] fields;

  public RowVector(int size, Vector[] fields, boolean[] nulls) {
    super(size, nulls);
    this.fields = fields;
  }

  public Vector field(int index) {
    return fields[index];
  }

  public int fieldCount() {
    return fields.length;
  }

  @Override
  public RowVector take(int[] positions, int count) {
    Vector[] taken = new Vector[fields.length];
    for (int i = 0; i < fields.length; i++) {
      taken[i] = fields[i].take(positions, count);
    }
    return new RowVector(count, taken, takeNulls(positions, count));
  }

  @Override
  public RowVector withNulls(boolean[] newNulls) {
    return new RowVector(size(), fields, newNulls);
  }
}
