package dev.millrace.engine.state;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.LongValues;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Keys of a few columns, or none, whose values fit into 64 bits each.
 *
 * <p>Memory per key: 8 bytes per column, 5.3 to 10.7 for its slot, 1 more once any key had a null,
 * times the slack of arrays that grow by half.
 */
final class LongsKeyTable extends KeyTable {
  private static final int MAX_COLUMNS = Byte.SIZE;

  private final DataType[] types;
  private final int width;

  /** The values of key {@code n} from {@code n * width}, 0 for nulls. */
  private long[] keys = {};

  /** For each key a bit per column, set where it is null; null while no key has one. */
  private byte[] nulls;

  /** What is sought: a column of values each, 0 for nulls, and the rows' null bits, if any. */
  private final long[][] values;

  private byte[] valueNulls;
  private int[] hashes = {};

  LongsKeyTable(List<DataType> types) {
    this.types = types.toArray(new DataType[0]);
    this.width = this.types.length;
    this.values = new long[width][];
  }

  static boolean supports(List<DataType> types) {
    return types.size() <= MAX_COLUMNS && types.stream().allMatch(LongValues::supports);
  }

  @Override
  public void locate(Vector[] columns, int count, int[] numbers) {
    load(columns, count);
    reserve(count);
    int[] table = slots();
    guess(table, hashes, count, numbers);
    for (int i = 0; i < count; i++) {
      if (numbers[i] != NONE && isKey(numbers[i], i)) {
        continue;
      }
      int slot = slot(table, i);
      if (table[slot] == 0) {
        put(take(slot), i);
      }
      numbers[i] = table[slot] - 1;
    }
    letGo();
  }

  @Override
  public void find(Vector[] columns, int count, int[] numbers) {
    load(columns, count);
    int[] table = slots();
    for (int i = 0; i < count; i++) {
      numbers[i] = table[slot(table, i)] - 1;
    }
    letGo();
  }

  /** Of the batch, which may be large, nothing is to stay. */
  private void letGo() {
    Arrays.fill(values, null);
    valueNulls = null;
  }

  private void load(Vector[] columns, int count) {
    valueNulls = null;
    if (hashes.length < count) {
      hashes = new int[capacity(count)];
    }
    for (int column = 0; column < width; column++) {
      long[] loaded = LongValues.of(columns[column], count);
      boolean[] isNull = columns[column].nulls();
      values[column] = isNull == null ? loaded : withoutNulls(loaded, isNull, column, count);
    }
    hashAll(count);
  }

  private long[] withoutNulls(long[] loaded, boolean[] isNull, int column, int count) {
    long[] copy = Arrays.copyOf(loaded, count);
    for (int i = 0; i < count; i++) {
      if (isNull[i]) {
        copy[i] = 0;
        valueNulls = valueNulls == null ? new byte[count] : valueNulls;
        valueNulls[i] |= (byte) (1 << column);
      }
    }
    return copy;
  }

  private void hashAll(int count) {
    int[] to = hashes;
    Arrays.fill(to, 0, count, 0);
    for (long[] column : values) {
      for (int i = 0; i < count; i++) {
        to[i] = hash(to[i], column[i]);
      }
    }
  }

  /** The finisher of MurmurHash3 for 64 bits (Austin Appleby, public domain), per column. */
  private static int hash(int before, long value) {
    long h = value + before * 0x9E3779B97F4A7C15L;
    h = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
    h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
    return (int) (h ^ h >>> 33);
  }

  @Override
  int hash(int number) {
    int hash = 0;
    for (int column = 0; column < width; column++) {
      hash = hash(hash, keys[number * width + column]);
    }
    return hash;
  }

  /** The slot of a loaded key, or the empty one where it belongs. */
  private int slot(int[] table, int row) {
    int mask = table.length - 1;
    int slot = hashes[row] & mask;
    while (table[slot] != 0 && !isKey(table[slot] - 1, row)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private boolean isKey(int number, int row) {
    int at = number * width;
    for (long[] column : values) {
      if (keys[at++] != column[row]) {
        return false;
      }
    }
    int present = nulls == null ? 0 : nulls[number];
    return present == (valueNulls == null ? 0 : valueNulls[row]);
  }

  private void put(int number, int row) {
    if (number * width >= keys.length) {
      int capacity = capacity(number + 1);
      keys = Arrays.copyOf(keys, Math.multiplyExact(capacity, width));
      nulls = nulls == null ? null : Arrays.copyOf(nulls, capacity);
    }
    int at = number * width;
    for (long[] column : values) {
      keys[at++] = column[row];
    }
    if (valueNulls != null && nulls == null) {
      nulls = new byte[keys.length / width];
    }
    if (nulls != null) {
      nulls[number] = valueNulls == null ? 0 : valueNulls[row];
    }
  }

  @Override
  public void remove(int number) {
    vacate(number);
    release(number);
  }

  @Override
  public Vector[] keys(int[] numbers, int count) {
    Vector[] columns = new Vector[width];
    for (int column = 0; column < width; column++) {
      long[] found = new long[count];
      for (int i = 0; i < count; i++) {
        found[i] = keys[numbers[i] * width + column];
      }
      columns[column] = LongValues.vector(types[column], found, nulls(column, numbers, count));
    }
    return columns;
  }

  private boolean[] nulls(int column, int[] numbers, int count) {
    if (nulls == null) {
      return null;
    }
    boolean[] found = new boolean[count];
    for (int i = 0; i < count; i++) {
      found[i] = (nulls[numbers[i]] >> column & 1) != 0;
    }
    return found;
  }

  @Override
  public long bytes() {
    return slotBytes()
        + (long) Long.BYTES * keys.length
        + (nulls == null ? 0 : nulls.length)
        + (long) Integer.BYTES * hashes.length;
  }
}
