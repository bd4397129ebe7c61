package dev.millrace.engine.batch;

/** A vector of {@code long} values: BIGINT and day-time intervals. */
public final class LongVector extends Vector {
  private final long[] values;

  public LongVector(int size, long[] values, boolean[] nulls) {
    super(size, nulls);
    this.values = values;
  }

  public long[] values() {
    return values;
  }

  @Override
  public LongVector take(int[] positions, int count) {
    long[] taken = new long[count];
    long[] from = values;
    for (int i = 0; i < count; i++) {
      taken[i] = from[positions[i]];
    }
    return new LongVector(count, taken, takeNulls(positions, count));
  }

  @Override
  public LongVector withNulls(boolean[] newNulls) {
    return new LongVector(size(), values, newNulls);
  }
}
