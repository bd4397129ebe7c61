package dev.millrace.engine.batch;

import java.util.Arrays;

/** Builds a {@link FloatVector}. */
public final class FloatBuilder extends VectorBuilder {
  private float[] values = new float[INITIAL_CAPACITY];

  public void append(float value) {
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
    Arrays.fill(values, from, to, 0f);
  }

  @Override
  public FloatVector build() {
    return new FloatVector(size(), values, builtNulls());
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    values = new float[values.length];
  }
}
