package dev.millrace.engine.batch;

/** A vector of {@code byte} values: TINYINT. */
public final class ByteVector extends Vector {
  private final byte[] values;

  public ByteVector(int size, byte[] values, boolean[] nulls) {
    super(size, nulls);
    this.values = values;
  }

  public byte[] values() {
    return values;
  }

  @Override
  public ByteVector take(int[] positions, int count) {
    byte[] taken = new byte[count];
    byte[] from = values;
    for (int i = 0; i < count; i++) {
      taken[i] = from[positions[i]];
    }
    return new ByteVector(count, taken, takeNulls(positions, count));
  }

  @Override
  public ByteVector withNulls(boolean[] newNulls) {
    return new ByteVector(size(), values, newNulls);
  }
}
