package dev.millrace.engine.batch;

import java.util.Arrays;

/** Builds a {@link ByteVector}. */
public final class ByteBuilder extends VectorBuilder {
  private byte[] values = new byte[INITIAL_CAPACITY];

  public void append(byte value) {
    int position = next();
    if (position == values.length) {
      values = Arrays.copyOf(values, grown(position));
    }
    values[position] = value;
  }

  @Override
  protected void fillDefaults(int from, int to) {
    if (to > values.length) {
      values = Arrays.copyOf(values, grown(to));
    }
    Arrays.fill(values, from, to, (byte) 0);
  }

  @Override
  public ByteVector build() {
    return new ByteVector(size(), values, builtNulls());
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    values = new byte[values.length];
  }
}
