package dev.millrace.engine.batch;

/** A vector of ARRAY values, each a range of positions of one shared element vector. */
public final class ArrayVector extends Vector {
  private final int[] starts;
  private final int[] lengths;
  private final Vector elements;

  public ArrayVector(int size, int[] starts, int[] lengths, Vector elements, boolean[] nulls) {
    super(size, nulls);
    this.starts = starts;
    this.lengths = lengths;
    this.elements = elements;
  }

  public int[] starts() {
    return starts;
  }

  public int[] lengths() {
    return lengths;
  }

  public Vector elements() {
    return elements;
  }

  @Override
  public ArrayVector take(int[] positions, int count) {
    return new ArrayVector(
        count,
        Gather.take(starts, positions, count),
        Gather.take(lengths, positions, count),
        elements,
        takeNulls(positions, count));
  }

  @Override
  public ArrayVector withNulls(boolean[] newNulls) {
    return new ArrayVector(size(), starts, lengths, elements, newNulls);
  }
}
