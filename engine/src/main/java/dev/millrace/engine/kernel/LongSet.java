package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** Constants of a type that is stored as integers: open addressing, linear probing. */
final class LongSet implements ValueSet {
  private final long[] table;
  private final boolean[] used;
  private final int mask;

  private LongSet(int size) {
    int capacity = Integer.highestOneBit(Math.max(1, size)) * 4;
    this.table = new long[capacity];
    this.used = new boolean[capacity];
    this.mask = capacity - 1;
  }

  static LongSet of(DataType type, List<?> values) {
    VectorBuilder builder = VectorBuilder.of(type, new ByteHeap());
    values.forEach(value -> Values.append(builder, type, value));
    long[] longs = NumericArrays.longs(builder.build(), values.size());
    LongSet set = new LongSet(values.size());
    for (int i = 0; i < values.size(); i++) {
      int slot = set.slot(longs[i]);
      set.used[slot] = true;
      set.table[slot] = longs[i];
    }
    return set;
  }

  @Override
  public boolean[] contains(Vector vector, int count) {
    long[] values = NumericArrays.longs(vector, count);
    boolean[] found = new boolean[count];
    for (int i = 0; i < count; i++) {
      found[i] = used[slot(values[i])];
    }
    return found;
  }

  /** Where the value is, or would be put. */
  private int slot(long value) {
    long hash = value * 0x9E3779B97F4A7C15L;
    int slot = (int) (hash >>> 32) & mask;
    while (used[slot] && table[slot] != value) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
