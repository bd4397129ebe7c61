package dev.millrace.engine.state;

import java.util.Arrays;

/**
 * Numbers in an order of their own, to be inserted and removed anywhere. Not thread-safe.
 *
 * <p>A tiered vector (Goodrich and Kloss 1999): blocks of 1024, each a ring, so that what leaves a
 * block at one end and enters the next at the other moves nothing else. A change costs a block and
 * a step for each block behind it; up to 1024 numbers are a plain array.
 *
 * <p>Memory: 24 bytes and an array of 4 to 6 bytes per number with a header of 16; beyond 1024
 * numbers a second array of 4 bytes per block.
 */
public final class TieredInts {
  private static final int BLOCK_BITS = 10;
  private static final int BLOCK = 1 << BLOCK_BITS;
  private static final int MASK = BLOCK - 1;
  private static final int[] PLAIN = {0};
  private static final int[] NO_SLOTS = {};
  private static final int OBJECT_BYTES = 24;

  private int[] slots = NO_SLOTS;

  /** For each block the slot of its first number. */
  private int[] firsts = PLAIN;

  private int size;

  public int size() {
    return size;
  }

  /** Bytes of memory that are taken. */
  public long bytes() {
    return OBJECT_BYTES
        + MemorySize.ofInts(slots)
        + (firsts == PLAIN ? 0 : MemorySize.ofInts(firsts));
  }

  public int get(int place) {
    return slots[slot(place)];
  }

  public void set(int place, int value) {
    slots[slot(place)] = value;
  }

  private int slot(int place) {
    int block = place >>> BLOCK_BITS;
    return block << BLOCK_BITS | (place + firsts[block] & MASK);
  }

  /** A copy of the numbers at these places. */
  public int[] copy(int from, int end) {
    int[] copy = new int[end - from];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = get(from + i);
    }
    return copy;
  }

  /** Puts a number at a place, and those from there on one place further. */
  public void insert(int place, int value) {
    reserve(size + 1);
    int block = place >>> BLOCK_BITS;
    int lastBlock = size >>> BLOCK_BITS;
    int blockEnd = block == lastBlock ? size : (block << BLOCK_BITS) + MASK;
    int carried = block == lastBlock ? 0 : get(blockEnd);
    moveUp(slot(place), slot(blockEnd), block << BLOCK_BITS);
    set(place, value);
    for (int next = block + 1; next <= lastBlock; next++) {
      firsts[next] = firsts[next] - 1 & MASK;
      int first = next << BLOCK_BITS | firsts[next];
      int last = slots[first];
      slots[first] = carried;
      carried = last;
    }
    size++;
  }

  /** Takes the number at a place out, and those behind it one place back. */
  public void remove(int place) {
    int block = place >>> BLOCK_BITS;
    int lastBlock = (size - 1) >>> BLOCK_BITS;
    int blockEnd = block == lastBlock ? size - 1 : (block << BLOCK_BITS) + MASK;
    moveDown(slot(place), slot(blockEnd), block << BLOCK_BITS);
    for (int next = block + 1; next <= lastBlock; next++) {
      set((next << BLOCK_BITS) - 1, get(next << BLOCK_BITS));
      firsts[next] = firsts[next] + 1 & MASK;
    }
    size--;
  }

  /** Moves what is in the slots from one to before another on by one, around the block's end. */
  private void moveUp(int from, int to, int block) {
    if (from <= to) {
      System.arraycopy(slots, from, slots, from + 1, to - from);
      return;
    }
    System.arraycopy(slots, block, slots, block + 1, to - block);
    slots[block] = slots[block + MASK];
    System.arraycopy(slots, from, slots, from + 1, block + MASK - from);
  }

  /** Moves what is in the slots behind one and up to another back by one. */
  private void moveDown(int to, int last, int block) {
    if (to <= last) {
      System.arraycopy(slots, to + 1, slots, to, last - to);
      return;
    }
    System.arraycopy(slots, to + 1, slots, to, block + MASK - to);
    slots[block + MASK] = slots[block];
    System.arraycopy(slots, block + 1, slots, block, last - block);
  }

  private void reserve(int needed) {
    if (needed <= slots.length) {
      return;
    }
    int capacity = Math.max(2, needed + (needed >> 1));
    if (capacity > BLOCK) {
      capacity = Math.addExact(capacity, MASK) & ~MASK;
      firsts = Arrays.copyOf(firsts, capacity >>> BLOCK_BITS);
    }
    slots = Arrays.copyOf(slots, capacity);
  }
}
