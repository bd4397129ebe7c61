package dev.millrace.engine.batch;

/** A vector of {@code Object} values: opaque values (RAW) and bare NULLs. */
public final class ObjectVector extends Vector {
  private final Object[] values;

  public ObjectVector(int size, Object[] values, boolean[] nulls) {
    super(size, nulls);
    this.values = values;
  }

  public Object[] values() {
    return values;
  }

  @Override
  public ObjectVector take(int[] positions, int count) {
    Object[] taken = new Object[count];
    Object[] from = values;
    for (int i = 0; i < count; i++) {
      taken[i] = from[positions[i]];
    }
    return new ObjectVector(count, taken, takeNulls(positions, count));
  }

  @Override
  public ObjectVector withNulls(boolean[] newNulls) {
    return new ObjectVector(size(), values, newNulls);
  }
}
