package dev.millrace.engine.batch;

import java.util.Arrays;

/**
 * Builds an {@link ArrayVector}: append the elements of one array to {@link #elements}, then call
 * {@link #endArray}.
 */
public final class ArrayBuilder extends VectorBuilder {
  private final VectorBuilder elements;
  private int[] ends = new int[INITIAL_CAPACITY];

  public ArrayBuilder(VectorBuilder elements) {
    this.elements = elements;
  }

  public VectorBuilder elements() {
    return elements;
  }

  /** Completes the array whose elements were appended since the last one. */
  public void endArray() {
    int position = next();
    if (position == ends.length) {
      ends = Arrays.copyOf(ends, grown(position));
    }
    ends[position] = elements.size();
  }

  @Override
  protected void fillDefaults(int from, int to) {
    truncateValues(from);
    if (to > ends.length) {
      ends = Arrays.copyOf(ends, grown(to));
    }
    Arrays.fill(ends, from, to, elements.size());
  }

  @Override
  protected void truncateValues(int newSize) {
    elements.truncate(newSize == 0 ? 0 : ends[newSize - 1]);
  }

  @Override
  public ArrayVector build() {
    return new ArrayVector(
        size(), starts(ends, size()), lengths(ends, size()), elements.build(), builtNulls());
  }

  static int[] starts(int[] ends, int size) {
    int[] starts = new int[size];
    if (size > 0) {
      System.arraycopy(ends, 0, starts, 1, size - 1);
    }
    return starts;
  }

  static int[] lengths(int[] ends, int size) {
    int[] lengths = new int[size];
    for (int i = 0, start = 0; i < size; start = ends[i++]) {
      lengths[i] = ends[i] - start;
    }
    return lengths;
  }

  @Override
  void useHeap(ByteHeap heap) {
    elements.useHeap(heap);
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    elements.reset(heap);
    ends = new int[ends.length];
  }
}
