package dev.millrace.engine.batch;

import java.util.Arrays;

/** Builds a {@link DoubleVector}. */
public final class DoubleBuilder extends VectorBuilder {
  private double[] values = new double[INITIAL_CAPACITY];

  public void append(double value) {
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
    Arrays.fill(values, from, to, 0d);
  }

  @Override
  public DoubleVector build() {
    return new DoubleVector(size(), values, builtNulls());
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    values = new double[values.length];
  }
}
