package dev.millrace.engine.batch;

/** A vector of {@code boolean} values: BOOLEAN. */
public final class BooleanVector extends Vector {
  private final boolean[] values;

  public BooleanVector(int size, boolean[] values, boolean[] nulls) {
    super(size, nulls);
    this.values = values;
  }

  public boolean[] values() {
    return values;
  }

  @Override
  public BooleanVector take(int[] positions, int count) {
    boolean[] taken = new boolean[count];
    boolean[] from = values;
    for (int i = 0; i < count; i++) {
      taken[i] = from[positions[i]];
    }
    return new BooleanVector(count, taken, takeNulls(positions, count));
  }

  @Override
  public BooleanVector withNulls(boolean[] newNulls) {
    return new BooleanVector(size(), values, newNulls);
  }
}
