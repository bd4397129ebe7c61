package dev.millrace.engine.batch;

import java.util.Arrays;

/** Builds a {@link LongVector}. */
public final class LongBuilder extends VectorBuilder {
  private long[] values = new long[INITIAL_CAPACITY];

  public void append(long value) {
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
    Arrays.fill(values, from, to, 0L);
  }

  @Override
  public LongVector build() {
    return new LongVector(size(), values, builtNulls());
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    values = new long[values.length];
  }
}
