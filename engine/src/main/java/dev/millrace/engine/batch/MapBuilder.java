package dev.millrace.engine.batch;

import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/**
 * Builds a {@link MapVector}: append the entries of one map to {@link #keys} and {@link #values},
 * then call {@link #endMap}.
 */
public final class MapBuilder extends VectorBuilder {
  private final VectorBuilder keys;
  private final VectorBuilder values;
  private int[] ends = new int[INITIAL_CAPACITY];

  public MapBuilder(VectorBuilder keys, VectorBuilder values) {
    this.keys = keys;
    this.values = values;
  }

  static MapBuilder ofMap(DataType type, ByteHeap heap) {
    VectorBuilder values =
        type.is(TypeRoot.MULTISET) ? new IntBuilder() : VectorBuilder.of(type.child(1), heap);
    return new MapBuilder(VectorBuilder.of(type.child(0), heap), values);
  }

  public VectorBuilder keys() {
    return keys;
  }

  public VectorBuilder values() {
    return values;
  }

  /** Completes the map whose entries were appended since the last one. */
  public void endMap() {
    int position = next();
    if (position == ends.length) {
      ends = Arrays.copyOf(ends, grown(position));
    }
    ends[position] = keys.size();
  }

  @Override
  protected void fillDefaults(int from, int to) {
    truncateValues(from);
    if (to > ends.length) {
      ends = Arrays.copyOf(ends, grown(to));
    }
    Arrays.fill(ends, from, to, keys.size());
  }

  @Override
  protected void truncateValues(int newSize) {
    int entries = newSize == 0 ? 0 : ends[newSize - 1];
    keys.truncate(entries);
    values.truncate(entries);
  }

  @Override
  public MapVector build() {
    return new MapVector(
        size(),
        ArrayBuilder.starts(ends, size()),
        ArrayBuilder.lengths(ends, size()),
        keys.build(),
        values.build(),
        builtNulls());
  }

  @Override
  void useHeap(ByteHeap heap) {
    keys.useHeap(heap);
    values.useHeap(heap);
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    keys.reset(heap);
    values.reset(heap);
    ends = new int[ends.length];
  }
}
