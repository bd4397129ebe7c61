package dev.millrace.engine.batch;

/** A vector of {@code int} values: INT, DATE, TIME and month intervals. */
public final class IntVector extends Vector {
  private final int[] values;

  public IntVector(int size, int[] values, boolean[] nulls) {
    super(size, nulls);
    this.values = values;
  }

  public int[] values() {
    return values;
  }

  @Override
  public IntVector take(int[] positions, int count) {
    int[] taken = new int[count];
    int[] from = values;
    for (int i = 0; i < count; i++) {
      taken[i] = from[positions[i]];
    }
    return new IntVector(count, taken, takeNulls(positions, count));
  }

  @Override
  public IntVector withNulls(boolean[] newNulls) {
    return new IntVector(size(), values, newNulls);
  }
}
