package dev.millrace.engine.batch;

import java.util.Arrays;

/** Builds a {@link BooleanVector}. */
public final class BooleanBuilder extends VectorBuilder {
  private boolean[] values = new boolean[INITIAL_CAPACITY];

  public void append(boolean value) {
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
    Arrays.fill(values, from, to, false);
  }

  @Override
  public BooleanVector build() {
    return new BooleanVector(size(), values, builtNulls());
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    values = new boolean[values.length];
  }
}
