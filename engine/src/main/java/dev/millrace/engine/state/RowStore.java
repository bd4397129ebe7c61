package dev.millrace.engine.state;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * Keeps rows as bytes, each at an address until it is removed. Not thread-safe.
 *
 * <p>Memory per row: its {@link RowCodec} bytes and their length, in units of 8 bytes.
 */
public final class RowStore {
  private final RowCodec codec;
  private final Arena arena = new Arena();

  /** Throws {@code UnsupportedException} if values of one of the types cannot be kept. */
  public RowStore(List<DataType> types) {
    this.codec = new RowCodec(types);
  }

  /** Keeps the first {@code count} rows of the columns; puts their addresses into {@code to}. */
  public void add(Vector[] columns, int count, int[] to) {
    codec.encode(columns, count);
    for (int i = 0; i < count; i++) {
      to[i] = add(codec, i);
    }
  }

  /** Keeps a row that a codec for the same columns has encoded last; returns its address. */
  public int add(RowCodec encoded, int row) {
    return arena.add(encoded.data(), encoded.start(row), encoded.length(row));
  }

  /**
   * Whether the row at an address equals one that a codec for the same columns has encoded last.
   */
  public boolean isEqual(int address, RowCodec encoded, int row) {
    return arena.isEqual(address, encoded.data(), encoded.start(row), encoded.length(row));
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
      starts[i] = arena.start(addresses[i]);
    }
    return codec.decode(pages, starts, count);
  }

  /** Bytes of memory that the rows take. */
  public long bytes() {
    return arena.bytes() + codec.bytes();
  }
}
