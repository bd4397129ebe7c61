package dev.millrace.engine.state;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Keeps rows as bytes, each at an address and with its sort key, so that it can be compared with a
 * row of the batch at hand. Rows may have an identity, some columns by which they are told apart
 * when others change. Not thread-safe.
 *
 * <p>Memory per row: its {@link SortKeyCodec} bytes (9 for a BIGINT), its {@link RowCodec} bytes,
 * those of its identity, and a byte each for their lengths (up to 127), in units of 8 bytes.
 */
public final class SortedRows {
  private final RowCodec rows;
  private final SortKeyCodec keys;
  private final RowCodec identities;
  private final int[] identityColumns;
  private final Arena arena = new Arena();
  private byte[] entry = new byte[256];

  /**
   * {@code identity} are the columns by which rows are told apart, none if that is of no concern.
   * Throws {@code UnsupportedException} if rows cannot be kept or ordered.
   */
  public SortedRows(List<DataType> types, List<SortColumn> order, List<Integer> identity) {
    this.rows = new RowCodec(types);
    this.keys = new SortKeyCodec(order);
    this.identities = new RowCodec(identity.stream().map(types::get).toList());
    this.identityColumns = identity.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Makes the first {@code count} rows of the columns those that are at hand. */
  public void encode(Vector[] columns, int count) {
    rows.encode(columns, count);
    keys.encode(columns, count);
    Vector[] identity = new Vector[identityColumns.length];
    for (int i = 0; i < identity.length; i++) {
      identity[i] = columns[identityColumns[i]];
    }
    identities.encode(identity, count);
  }

  /** Keeps a row at hand; returns its address. */
  public int add(int row) {
    int most = keys.length(row) + identities.length(row) + rows.length(row) + 2 * Long.BYTES;
    if (entry.length < most) {
      entry = new byte[2 * most];
    }
    int at = put(keys.data(), keys.start(row), keys.length(row), 0);
    at = put(identities.data(), identities.start(row), identities.length(row), at);
    System.arraycopy(rows.data(), rows.start(row), entry, at, rows.length(row));
    return arena.add(entry, 0, at + rows.length(row));
  }

  private int put(byte[] from, int start, int length, int to) {
    int at = ValueBytes.putLength(length, entry, to);
    System.arraycopy(from, start, entry, at, length);
    return at + length;
  }

  /** Compares the row at an address with one at hand. */
  public int compare(int address, int row) {
    byte[] page = arena.page(address);
    int start = arena.start(address);
    int length = ValueBytes.length(page, start);
    int key = start + ValueBytes.lengthBytes(length);
    int other = keys.start(row);
    return Arrays.compareUnsigned(
        page, key, key + length, keys.data(), other, other + keys.length(row));
  }

  /** Whether the rows at two addresses have the same place in the order. */
  public boolean areTied(int one, int other) {
    return Arrays.equals(
        arena.page(one),
        arena.start(one),
        identityStart(one),
        arena.page(other),
        arena.start(other),
        identityStart(other));
  }

  /** Whether the row at an address equals one at hand in all columns. */
  public boolean isEqual(int address, int row) {
    int start = rowStart(address);
    int end = arena.start(address) + arena.length(address);
    int other = rows.start(row);
    return Arrays.equals(
        arena.page(address), start, end, rows.data(), other, other + rows.length(row));
  }

  /** Whether the row at an address has the identity of one at hand. */
  public boolean isIdentical(int address, int row) {
    byte[] page = arena.page(address);
    int start = identityStart(address);
    int length = ValueBytes.length(page, start);
    int first = start + ValueBytes.lengthBytes(length);
    int other = identities.start(row);
    return Arrays.equals(
        page, first, first + length, identities.data(), other, other + identities.length(row));
  }

  /** Whether the rows at two addresses have the same identity. */
  public boolean areIdentical(int one, int other) {
    return Arrays.equals(
        arena.page(one),
        identityStart(one),
        rowStart(one),
        arena.page(other),
        identityStart(other),
        rowStart(other));
  }

  /** Whether the rows at two addresses are equal in all columns. */
  public boolean areEqual(int one, int other) {
    return Arrays.equals(
        arena.page(one),
        arena.start(one),
        arena.start(one) + arena.length(one),
        arena.page(other),
        arena.start(other),
        arena.start(other) + arena.length(other));
  }

  /** A hash of the identity of a row at hand. */
  public int identityHash(int row) {
    return RowHash.hash(identities.data(), identities.start(row), identities.length(row));
  }

  private int identityStart(int address) {
    return behind(arena.page(address), arena.start(address));
  }

  private int rowStart(int address) {
    return behind(arena.page(address), identityStart(address));
  }

  /** The position behind bytes that follow their length. */
  private static int behind(byte[] page, int start) {
    int length = ValueBytes.length(page, start);
    return start + ValueBytes.lengthBytes(length) + length;
  }

  /** Forgets the row at an address. */
  public void remove(int address) {
    arena.remove(address);
  }

  /** How many rows there are. */
  public int size() {
    return arena.size();
  }

  /** The rows at the addresses, a vector per column. */
  public Vector[] get(int[] addresses, int count) {
    byte[][] pages = new byte[count][];
    int[] starts = new int[count];
    for (int i = 0; i < count; i++) {
      pages[i] = arena.page(addresses[i]);
      starts[i] = rowStart(addresses[i]);
    }
    return rows.decode(pages, starts, count);
  }

  /** Bytes of memory that the rows take. */
  public long bytes() {
    return arena.bytes() + rows.bytes() + keys.bytes() + identities.bytes() + entry.length;
  }
}
