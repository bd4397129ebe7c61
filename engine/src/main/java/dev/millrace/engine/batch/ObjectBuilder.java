package dev.millrace.engine.batch;

import java.util.Arrays;

/** Builds a {@link ObjectVector}. */
public final class ObjectBuilder extends VectorBuilder {
  private Object[] values = new Object[INITIAL_CAPACITY];

  public void append(Object value) {
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
    Arrays.fill(values, from, to, null);
  }

  @Override
  public ObjectVector build() {
    return new ObjectVector(size(), values, builtNulls());
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    values = new Object[values.length];
  }
}
