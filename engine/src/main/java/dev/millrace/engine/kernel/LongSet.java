package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.Vector;

/** Constants of a type that is stored as integers: open addressing, linear probing. */
final class LongSet implements ValueSet {
  private final long[] table;
  private final boolean[] used;
  private final int mask;

  /** A set of the first {@code count} values. */
  LongSet(long[] values, int count) {
    int capacity = Integer.highestOneBit(Math.max(1, count)) * 4;
    this.table = new long[capacity];
    this.used = new boolean[capacity];
    this.mask = capacity - 1;
    for (int i = 0; i < count; i++) {
      int slot = slot(values[i]);
      used[slot] = true;
      table[slot] = values[i];
    }
  }

  @Override
  public boolean[] contains(Vector vector, int count) {
    return contains(NumericArrays.longs(vector, count), count);
  }

  boolean[] contains(long[] values, int count) {
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
