package dev.millrace.engine.state;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers distinct keys densely, from 0, so that what is known of a key can stand in arrays by its
 * number. Equal keys are those whose {@link RowCodec} bytes are equal; nulls are equal. The number
 * of a removed key goes to one that comes later. Not thread-safe.
 *
 * <p>Open addressing with linear probing: a slot holds a key's number plus one, or 0. At most three
 * quarters of the slots are taken. A removal moves back what probed past it, so that no marks stay
 * behind.
 */
public abstract sealed class KeyTable permits LongKeyTable, LongsKeyTable, RowKeyTable {
  /** Stands for a key that is not there. */
  public static final int NONE = -1;

  private static final int INITIAL_SLOTS = 16;

  private int[] slots = new int[INITIAL_SLOTS];
  private int size;
  private int limit;
  private int[] freed = {};
  private int freedCount;

  /**
   * A table for keys of these columns; throws {@code UnsupportedException} if they can't be kept.
   */
  public static KeyTable of(List<DataType> types) {
    if (types.size() == 1 && LongKeyTable.supports(types.get(0))) {
      return new LongKeyTable(types.get(0));
    }
    return LongsKeyTable.supports(types) ? new LongsKeyTable(types) : new RowKeyTable(types);
  }

  /**
   * Puts the number of each of the first {@code count} keys into {@code numbers}, adding new keys.
   */
  public abstract void locate(Vector[] keys, int count, int[] numbers);

  /** Like {@link #locate}, but adds no key: {@link #NONE} stands for those that are missing. */
  public abstract void find(Vector[] keys, int count, int[] numbers);

  /** Forgets a key. */
  public abstract void remove(int number);

  /** The keys with these numbers, a vector per column. */
  public abstract Vector[] keys(int[] numbers, int count);

  /** Bytes of memory that the table takes. */
  public abstract long bytes();

  /** How many keys there are. */
  public final int size() {
    return size;
  }

  /** All numbers are less than this. */
  public final int limit() {
    return limit;
  }

  /** The numbers of all keys, ascending. */
  public final int[] numbers() {
    boolean[] gone = new boolean[limit];
    for (int i = 0; i < freedCount; i++) {
      gone[freed[i]] = true;
    }
    int[] numbers = new int[size];
    int n = 0;
    for (int number = 0; number < limit; number++) {
      if (!gone[number]) {
        numbers[n++] = number;
      }
    }
    return numbers;
  }

  /** The hash that decides where a key is sought. */
  abstract int hash(int number);

  final int[] slots() {
    return slots;
  }

  /**
   * Puts into {@code numbers} what the slot of each hash holds. Most keys are there already: so the
   * processor can fetch many slots at once, before any key is compared.
   */
  static void guess(int[] table, int[] hashes, int count, int[] numbers) {
    int mask = table.length - 1;
    for (int i = 0; i < count; i++) {
      numbers[i] = table[hashes[i] & mask] - 1;
    }
  }

  /** A number for a key that is put into the slot. */
  final int take(int slot) {
    int number = freedCount > 0 ? freed[--freedCount] : limit++;
    slots[slot] = number + 1;
    size++;
    return number;
  }

  /** A number for a key that has no slot. */
  final int take() {
    size++;
    return freedCount > 0 ? freed[--freedCount] : limit++;
  }

  /** To be called before keys are added: makes room for so many more. */
  final void reserve(int more) {
    long needed = (long) size + more;
    if (needed * 4 <= slots.length * 3L) {
      return;
    }
    int capacity = slots.length;
    while (needed * 4 > capacity * 3L) {
      capacity = Math.multiplyExact(capacity, 2);
    }
    int[] old = slots;
    slots = new int[capacity];
    int mask = capacity - 1;
    for (int entry : old) {
      if (entry != 0) {
        int slot = hash(entry - 1) & mask;
        while (slots[slot] != 0) {
          slot = slot + 1 & mask;
        }
        slots[slot] = entry;
      }
    }
  }

  /** Empties the slot of a key. */
  final void vacate(int number) {
    int mask = slots.length - 1;
    int hole = hash(number) & mask;
    while (slots[hole] != number + 1) {
      hole = hole + 1 & mask;
    }
    for (int slot = hole + 1 & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      int home = hash(slots[slot] - 1) & mask;
      // It may move to the hole if that lies between its home and its slot, around the end or not.
      if ((slot - home & mask) >= (slot - hole & mask)) {
        slots[hole] = slots[slot];
        hole = slot;
      }
    }
    slots[hole] = 0;
  }

  /** Lets a number be given to another key. */
  final void release(int number) {
    if (freedCount == freed.length) {
      freed = Arrays.copyOf(freed, Math.max(16, freedCount * 2));
    }
    freed[freedCount++] = number;
    size--;
  }

  final long slotBytes() {
    return (long) Integer.BYTES * (slots.length + freed.length);
  }

  /** How long an array by number should be to have room for {@code needed}. */
  public static int capacity(int needed) {
    return Math.max(16, (int) Math.min(Integer.MAX_VALUE - 8L, needed + (needed >> 1)));
  }
}
