package dev.millrace.engine.batch;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Builds a {@link BytesVector} whose values lie on a heap that other columns may share. */
public final class BytesBuilder extends VectorBuilder {
  private ByteHeap heap;
  private int[] starts = new int[INITIAL_CAPACITY];
  private int[] lengths = new int[INITIAL_CAPACITY];

  public BytesBuilder(ByteHeap heap) {
    this.heap = heap;
  }

  /** The heap that ranges refer to. */
  public ByteHeap heap() {
    return heap;
  }

  /** Appends a range that lies on the heap already. */
  public void appendRange(int start, int length) {
    int position = next();
    if (position == starts.length) {
      starts = Arrays.copyOf(starts, grown(position));
      lengths = Arrays.copyOf(lengths, grown(position));
    }
    starts[position] = start;
    lengths[position] = length;
  }

  /** Appends a copy of the range. */
  public void append(byte[] from, int start, int length) {
    appendRange(heap.append(from, start, length), length);
  }

  public void append(byte[] value) {
    append(value, 0, value.length);
  }

  public void append(String value) {
    append(value.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether two appended values have the same bytes. */
  public boolean isEqual(int one, int other) {
    byte[] data = heap.data();
    int a = starts[one];
    int b = starts[other];
    return Arrays.equals(data, a, a + lengths[one], data, b, b + lengths[other]);
  }

  /** An appended value as a Java string; for edges, not for loops. */
  public String string(int position) {
    return new String(heap.data(), starts[position], lengths[position], StandardCharsets.UTF_8);
  }

  @Override
  protected void fillDefaults(int from, int to) {
    if (to > starts.length) {
      starts = Arrays.copyOf(starts, grown(to));
      lengths = Arrays.copyOf(lengths, grown(to));
    }
    Arrays.fill(starts, from, to, 0);
    Arrays.fill(lengths, from, to, 0);
  }

  @Override
  public BytesVector build() {
    return new BytesVector(size(), heap.data(), starts, lengths, builtNulls());
  }

  @Override
  void useHeap(ByteHeap newHeap) {
    heap = newHeap;
  }

  @Override
  protected void resetValues(ByteHeap newHeap) {
    heap = newHeap;
    starts = new int[starts.length];
    lengths = new int[lengths.length];
  }
}
