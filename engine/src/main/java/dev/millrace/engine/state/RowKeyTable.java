package dev.millrace.engine.state;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Keys of any columns, as rows of bytes.
 *
 * <p>Memory per key: its row in units of 8 bytes (length, null bits, values), 4 for its address, 4
 * for its hash and 5.3 to 10.7 for its slot, times the slack of arrays that grow by half.
 */
final class RowKeyTable extends KeyTable {
  private final RowCodec codec;
  private final RowStore rows;

  /**
   * By number the key's hash, in the upper half, and its address, together for the cache's sake.
   */
  private long[] entries = new long[16];

  RowKeyTable(List<DataType> types) {
    this.codec = new RowCodec(types);
    this.rows = new RowStore(types);
  }

  @Override
  public void locate(Vector[] keys, int count, int[] numbers) {
    codec.encode(keys, count);
    reserve(count);
    int[] table = slots();
    for (int i = 0; i < count; i++) {
      int hash = hashOfRow(i);
      int slot = slot(table, hash, i);
      if (table[slot] == 0) {
        int number = take(slot);
        if (number >= entries.length) {
          entries = Arrays.copyOf(entries, capacity(number + 1));
        }
        entries[number] = (long) hash << Integer.SIZE | rows.add(codec, i);
      }
      numbers[i] = table[slot] - 1;
    }
  }

  @Override
  public void find(Vector[] keys, int count, int[] numbers) {
    codec.encode(keys, count);
    int[] table = slots();
    for (int i = 0; i < count; i++) {
      numbers[i] = table[slot(table, hashOfRow(i), i)] - 1;
    }
  }

  private int hashOfRow(int row) {
    return RowHash.hash(codec.data(), codec.start(row), codec.length(row));
  }

  /** The slot of an encoded key, or the empty one where it belongs. */
  private int slot(int[] table, int hash, int row) {
    int mask = table.length - 1;
    int slot = hash & mask;
    while (table[slot] != 0) {
      long entry = entries[table[slot] - 1];
      if ((int) (entry >>> Integer.SIZE) == hash && rows.isEqual((int) entry, codec, row)) {
        break;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  @Override
  int hash(int number) {
    return (int) (entries[number] >>> Integer.SIZE);
  }

  @Override
  public void remove(int number) {
    vacate(number);
    rows.remove((int) entries[number]);
    release(number);
  }

  @Override
  public Vector[] keys(int[] numbers, int count) {
    int[] found = new int[count];
    for (int i = 0; i < count; i++) {
      found[i] = (int) entries[numbers[i]];
    }
    return rows.get(found, count);
  }

  @Override
  public long bytes() {
    return slotBytes() + rows.bytes() + codec.bytes() + (long) Long.BYTES * entries.length;
  }
}
