package dev.millrace.engine.state;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * At most one row of each key. Not thread-safe.
 *
 * <p>Memory per key: that of the {@link KeyTable} (16 to 24 bytes for a BIGINT), 4 to 6 for the
 * row's address, the row with its length in units of 8 bytes; 8 more with a time to live.
 *
 * <p>As rows, version 1: those of the input, each followed by the time of its last write if they
 * expire.
 */
public final class KeyedRows implements StateTable {

  private final String name;
  private final List<DataType> types;
  private final List<Integer> key;
  private final KeyTable keys;
  private final RowCodec atHand;
  private final RowStore rows;
  private final TimeToLive ttl;
  private final DistinctKeys touched = new DistinctKeys();
  private int[] addresses = {};

  /**
   * Rows of these types; {@code key} are the columns of their key, {@code ttlMillis} how long a row
   * is kept after it was written, 0 for ever. Throws {@code UnsupportedException} if they cannot be
   * kept.
   */
  public KeyedRows(String name, List<DataType> types, List<Integer> key, long ttlMillis) {
    this.name = name;
    this.types = List.copyOf(types);
    this.key = List.copyOf(key);
    this.keys = KeyTable.of(key.stream().map(types::get).toList());
    this.atHand = new RowCodec(types);
    this.rows = new RowStore(types);
    this.ttl = new TimeToLive(ttlMillis);
  }

  /** Whether rows go after some time. */
  public boolean expire() {
    return ttl.isLimited();
  }

  /** All numbers of keys are less than this. */
  public int limit() {
    return keys.limit();
  }

  /** To find the distinct keys of a batch, whose numbers are less than {@link #limit}. */
  public DistinctKeys touched() {
    return touched;
  }

  /** The number of each row's key; the rows of this batch then are those at hand. */
  public int[] locate(Batch batch) {
    int[] numbers = new int[batch.rowCount()];
    keys.locate(key.stream().map(batch::column).toArray(Vector[]::new), numbers.length, numbers);
    if (addresses.length < keys.limit()) {
      addresses = Arrays.copyOf(addresses, KeyTable.capacity(keys.limit()));
    }
    Vector[] columns = new Vector[types.size()];
    Arrays.setAll(columns, batch::column);
    atHand.encode(columns, numbers.length);
    return numbers;
  }

  /** The address of a key's row, or {@link Arena#NONE}. */
  public int address(int number) {
    return addresses[number];
  }

  /** Whether the row at an address equals one at hand. */
  public boolean isEqual(int address, int row) {
    return rows.isEqual(address, atHand, row);
  }

  /** Makes a row at hand that of a key. The one it had stays readable until {@link #free}. */
  public void put(int number, int row, long now) {
    addresses[number] = rows.add(atHand, row);
    ttl.write(number, now);
  }

  /** Lets a key have no row. The one it had stays readable until {@link #free}. */
  public void clear(int number) {
    addresses[number] = Arena.NONE;
  }

  /** The rows at the addresses, a vector per column. */
  public Vector[] get(int[] rowAddresses, int count) {
    return rows.get(rowAddresses, count);
  }

  /** Gives the room of rows that no key has any more to others. */
  public void free(int[] rowAddresses, int count) {
    for (int i = 0; i < count; i++) {
      rows.remove(rowAddresses[i]);
    }
  }

  /** Forgets those of the keys that have no row. */
  public void forgetEmpty(int[] numbers) {
    for (int number : numbers) {
      if (addresses[number] == Arena.NONE) {
        keys.remove(number);
      }
    }
  }

  /** Lets those of the keys have no row whose time is over. */
  public void dropExpired(int[] numbers, long now) {
    for (int number : numbers) {
      if (addresses[number] != Arena.NONE && ttl.isOver(number, now)) {
        rows.remove(addresses[number]);
        addresses[number] = Arena.NONE;
      }
    }
  }

  /** Forgets some of the keys whose time is over. */
  public void sweep(long now) {
    for (int number : ttl.sweep(keys.limit(), now)) {
      if (addresses[number] != Arena.NONE) {
        rows.remove(addresses[number]);
        addresses[number] = Arena.NONE;
        keys.remove(number);
      }
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    return ttl.savedRow(types);
  }

  @Override
  public List<Integer> key() {
    return key;
  }

  @Override
  public long bytes() {
    return keys.bytes()
        + rows.bytes()
        + atHand.bytes()
        + ttl.bytes()
        + touched.bytes()
        + (long) Integer.BYTES * addresses.length;
  }

  @Override
  public long rowCount() {
    return keys.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachPart(
        keys,
        part -> {
          int[] kept = IntStream.of(part).map(number -> addresses[number]).toArray();
          to.accept(ttl.saved(rows.get(kept, kept.length), part));
        });
  }

  @Override
  public void restore(Batch saved) {
    int[] numbers = locate(saved);
    long[] written =
        ttl.isLimited() ? ((LongVector) saved.column(types.size())).values() : new long[0];
    for (int row = 0; row < numbers.length; row++) {
      put(numbers[row], row, ttl.isLimited() ? written[row] : 0);
    }
  }
}
