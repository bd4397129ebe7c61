package dev.millrace.engine.batch;

import java.util.Arrays;

/** Builds a {@link IntVector}. */
public final class IntBuilder extends VectorBuilder {
  private int[] values = new int[INITIAL_CAPACITY];

  public void append(int value) {
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
    Arrays.fill(values, from, to, 0);
  }

  @Override
  public IntVector build() {
    return new IntVector(size(), values, builtNulls());
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    values = new int[values.length];
  }
}
