package dev.millrace.engine.batch;

import java.util.Arrays;

/** Builds a {@link ShortVector}. */
public final class ShortBuilder extends VectorBuilder {
  private short[] values = new short[INITIAL_CAPACITY];

  public void append(short value) {
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
    Arrays.fill(values, from, to, (short) 0);
  }

  @Override
  public ShortVector build() {
    return new ShortVector(size(), values, builtNulls());
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    values = new short[values.length];
  }
}
