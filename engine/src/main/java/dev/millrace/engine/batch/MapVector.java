package dev.millrace.engine.batch;

/**
 * A vector of MAP or MULTISET values, each a range of positions of a shared key and value vector.
 * The values of a MULTISET are an {@link IntVector} of counts.
 */
public final class MapVector extends Vector {
  private final int[] starts;
  private final int[] lengths;
  private final Vector keys;
  private final Vector values;

  public MapVector(
      int size, int[] starts, int[] lengths, Vector keys, Vector values, boolean[] nulls) {
    super(size, nulls);
    this.starts = starts;
    this.lengths = lengths;
    this.keys = keys;
    this.values = values;
  }

  public int[] starts() {
    return starts;
  }

  public int[] lengths() {
    return lengths;
  }

  public Vector keys() {
    return keys;
  }

  public Vector values() {
    return values;
  }

  @Override
  public MapVector take(int[] positions, int count) {
    return new MapVector(
        count,
        Gather.take(starts, positions, count),
        Gather.take(lengths, positions, count),
        keys,
        values,
        takeNulls(positions, count));
  }

  @Override
  public MapVector withNulls(boolean[] newNulls) {
    return new MapVector(size(), starts, lengths, keys, values, newNulls);
  }
}
