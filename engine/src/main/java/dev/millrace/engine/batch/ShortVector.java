package dev.millrace.engine.batch;

/** A vector of {@code short} values: SMALLINT. */
public final class ShortVector extends Vector {
  private final short[] values;

  public ShortVector(int size, short[] values, boolean[] nulls) {
    super(size, nulls);
    this.values = values;
  }

  public short[] values() {
    return values;
  }

  @Override
  public ShortVector take(int[] positions, int count) {
    short[] taken = new short[count];
    short[] from = values;
    for (int i = 0; i < count; i++) {
      taken[i] = from[positions[i]];
    }
    return new ShortVector(count, taken, takeNulls(positions, count));
  }

  @Override
  public ShortVector withNulls(boolean[] newNulls) {
    return new ShortVector(size(), values, newNulls);
  }
}
