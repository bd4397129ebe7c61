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
  private int[] addresses = new int[16];
  private int[] hashes = new int[16];

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
        if (number >= hashes.length) {
          hashes = Arrays.copyOf(hashes, capacity(number + 1));
          addresses = Arrays.copyOf(addresses, hashes.length);
        }
        hashes[number] = hash;
        addresses[number] = rows.add(codec, i);
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
      int number = table[slot] - 1;
      if (hashes[number] == hash && rows.isEqual(addresses[number], codec, row)) {
        break;
      }
      slot = slot + 1 & mask;
    }
    return slot;
  }

  @Override
  int hash(int number) {
    return hashes[number];
  }

  @Override
  public void remove(int number) {
    vacate(number);
    rows.remove(addresses[number]);
    release(number);
  }

  @Override
  public Vector[] keys(int[] numbers, int count) {
    int[] found = new int[count];
    for (int i = 0; i < count; i++) {
      found[i] = addresses[numbers[i]];
    }
    return rows.get(found, count);
  }

  @Override
  public long bytes() {
    return slotBytes() + rows.bytes() + (long) Integer.BYTES * 2 * hashes.length;
  }
}
