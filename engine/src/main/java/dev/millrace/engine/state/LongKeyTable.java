package dev.millrace.engine.state;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.LongValues;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/**
 * Keys of one column whose values fit into 64 bits.
 *
 * <p>Memory per key: 8 bytes for the key, 5.3 to 10.7 for its slot, times the slack of arrays that
 * grow by half.
 */
final class LongKeyTable extends KeyTable {
  private final DataType type;
  private long[] keys = new long[16];

  /** The number of the null key, which has no slot. */
  private int nullNumber = NONE;

  LongKeyTable(DataType type) {
    this.type = type;
  }

  static boolean supports(DataType type) {
    return LongValues.supports(type);
  }

  @Override
  public void locate(Vector[] columns, int count, int[] numbers) {
    long[] values = LongValues.of(columns[0], count);
    boolean[] nulls = columns[0].nulls();
    reserve(count);
    int[] table = slots();
    int mask = table.length - 1;
    long[] known = keys;
    for (int i = 0; i < count; i++) {
      numbers[i] = hash(values[i]);
    }
    guess(table, numbers, count, numbers);
    for (int i = 0; i < count; i++) {
      if (nulls != null && nulls[i]) {
        nullNumber = nullNumber == NONE ? take() : nullNumber;
        numbers[i] = nullNumber;
        continue;
      }
      long value = values[i];
      if (numbers[i] != NONE && known[numbers[i]] == value) {
        continue;
      }
      int slot = hash(value) & mask;
      int entry = table[slot];
      while (entry != 0 && known[entry - 1] != value) {
        slot = slot + 1 & mask;
        entry = table[slot];
      }
      if (entry == 0) {
        int number = take(slot);
        if (number >= known.length) {
          known = Arrays.copyOf(known, capacity(number + 1));
          keys = known;
        }
        known[number] = value;
        entry = number + 1;
      }
      numbers[i] = entry - 1;
    }
  }

  @Override
  public void find(Vector[] columns, int count, int[] numbers) {
    long[] values = LongValues.of(columns[0], count);
    boolean[] nulls = columns[0].nulls();
    int[] table = slots();
    int mask = table.length - 1;
    for (int i = 0; i < count; i++) {
      if (nulls != null && nulls[i]) {
        numbers[i] = nullNumber;
        continue;
      }
      int slot = hash(values[i]) & mask;
      while (table[slot] != 0 && keys[table[slot] - 1] != values[i]) {
        slot = slot + 1 & mask;
      }
      numbers[i] = table[slot] - 1;
    }
  }

  /** The finisher of MurmurHash3 for 64 bits (Austin Appleby, public domain). */
  private static int hash(long value) {
    long h = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return (int) (h ^ h >>> 33);
  }

  @Override
  int hash(int number) {
    return hash(keys[number]);
  }

  @Override
  public void remove(int number) {
    if (number == nullNumber) {
      nullNumber = NONE;
    } else {
      vacate(number);
    }
    release(number);
  }

  @Override
  public Vector[] keys(int[] numbers, int count) {
    long[] values = new long[count];
    boolean[] nulls = null;
    for (int i = 0; i < count; i++) {
      if (numbers[i] == nullNumber) {
        nulls = nulls == null ? new boolean[count] : nulls;
        nulls[i] = true;
      } else {
        values[i] = keys[numbers[i]];
      }
    }
    return new Vector[] {LongValues.vector(type, values, nulls)};
  }

  @Override
  public long bytes() {
    return slotBytes() + (long) Long.BYTES * keys.length;
  }
}
