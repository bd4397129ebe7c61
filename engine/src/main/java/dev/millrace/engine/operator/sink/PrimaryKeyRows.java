package dev.millrace.engine.operator.sink;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.Arena;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.MemorySize;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.SortedRows;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.state.TimeToLive;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The rows of each primary key, in the order in which they came.
 *
 * <p>Memory per row: that of {@link SortedRows} and 4 bytes for its place. Per key: that of the key
 * table (16 to 24 bytes for a BIGINT), 12 for marks and the array of places with a header of 16; 8
 * more with a time to live.
 *
 * <p>As rows, version 1: those of the input, key by key in that order, each followed by the time of
 * the key's last write if state expires.
 */
public final class PrimaryKeyRows implements StateTable {
  private static final int[] NO_ROWS = {};

  /**
   * What to keep.
   *
   * @param types of the input's columns
   * @param primaryKey the columns of the sink's primary key
   * @param upsertKey the columns that tell the rows of the input apart; empty if none do
   * @param ttlMillis how long a key is kept after it was written; 0 for ever
   */
  public record Spec(
      List<DataType> types, List<Integer> primaryKey, List<Integer> upsertKey, long ttlMillis) {}

  private final Spec spec;
  private final KeyTable keys;
  private final SortedRows rows;
  private final TimeToLive ttl;
  private final DistinctKeys touched = new DistinctKeys();
  private int[][] addresses = {};
  private int[] counts = {};

  /** What the arrays of addresses take. */
  private long placeBytes;

  /** Rows that have left but may still be emitted, until {@link #free}. */
  private int[] removed = {};

  private int removedCount;

  PrimaryKeyRows(Spec spec) {
    this.spec = spec;
    this.keys = KeyTable.of(spec.primaryKey().stream().map(spec.types()::get).toList());
    this.rows = new SortedRows(spec.types(), List.of(), spec.upsertKey());
    this.ttl = new TimeToLive(spec.ttlMillis());
  }

  int limit() {
    return keys.limit();
  }

  /** To find the distinct keys of a batch, whose numbers are less than {@link #limit}. */
  DistinctKeys touched() {
    return touched;
  }

  /** Finds the key of each row of a batch, which then is the one at hand. */
  int[] locate(Batch batch) {
    int[] located = new int[batch.rowCount()];
    Vector[] key = spec.primaryKey().stream().map(batch::column).toArray(Vector[]::new);
    keys.locate(key, located.length, located);
    if (counts.length < keys.limit()) {
      int from = counts.length;
      counts = Arrays.copyOf(counts, KeyTable.capacity(keys.limit()));
      addresses = Arrays.copyOf(addresses, counts.length);
      Arrays.fill(addresses, from, counts.length, NO_ROWS);
    }
    Vector[] columns = new Vector[spec.types().size()];
    Arrays.setAll(columns, batch::column);
    rows.encode(columns, located.length);
    return located;
  }

  /** Which of the keys have rows. */
  boolean[] live(int[] numbers) {
    boolean[] live = new boolean[numbers.length];
    for (int i = 0; i < live.length; i++) {
      live[i] = counts[numbers[i]] > 0;
    }
    return live;
  }

  /** Adds a row at hand; returns its address. */
  int add(int key, int row) {
    int place = spec.upsertKey().isEmpty() ? -1 : find(key, row);
    int address = rows.add(row);
    if (place >= 0) {
      leave(addresses[key][place]);
      addresses[key][place] = address;
    } else {
      append(key, address);
    }
    return address;
  }

  private void append(int key, int address) {
    int count = counts[key]++;
    if (count == addresses[key].length) {
      setAddresses(key, Arrays.copyOf(addresses[key], count + (count >> 1) + 1));
    }
    addresses[key][count] = address;
  }

  /**
   * Takes a row at hand back. Returns the row that now is the last if another was; the row that was
   * taken back if none is left; and {@link Arena#NONE} if nothing is to be emitted.
   */
  int retract(int key, int row) {
    int place = find(key, row);
    if (place < 0) {
      return Arena.NONE;
    }
    int[] all = addresses[key];
    int gone = all[place];
    leave(gone);
    int last = --counts[key];
    System.arraycopy(all, place + 1, all, place, last - place);
    if (last == 0) {
      return gone;
    }
    return place == last ? all[last - 1] : Arena.NONE;
  }

  private int find(int key, int row) {
    int[] all = addresses[key];
    boolean byKey = !spec.upsertKey().isEmpty();
    for (int i = 0; i < counts[key]; i++) {
      if (byKey ? rows.isIdentical(all[i], row) : rows.isEqual(all[i], row)) {
        return i;
      }
    }
    return -1;
  }

  private void leave(int address) {
    if (removedCount == removed.length) {
      removed = Arrays.copyOf(removed, Math.max(64, 2 * removedCount));
    }
    removed[removedCount++] = address;
  }

  Vector[] get(int[] rowAddresses, int count) {
    return rows.get(rowAddresses, count);
  }

  /** Gives the room of rows that have left to others, and forgets keys without rows. */
  void free(int[] touched) {
    for (int i = 0; i < removedCount; i++) {
      rows.remove(removed[i]);
    }
    removedCount = 0;
    for (int key : touched) {
      if (counts[key] == 0) {
        forget(key);
      }
    }
  }

  private void forget(int key) {
    keys.remove(key);
    setAddresses(key, NO_ROWS);
  }

  private void setAddresses(int key, int[] places) {
    placeBytes += MemorySize.ofInts(places) - MemorySize.ofInts(addresses[key]);
    addresses[key] = places;
  }

  /** Empties the keys whose time is over. */
  void forgetExpired(int[] touched, long now) {
    for (int key : touched) {
      if (counts[key] > 0 && ttl.isOver(key, now)) {
        empty(key);
      }
    }
  }

  private void empty(int key) {
    for (int i = 0; i < counts[key]; i++) {
      rows.remove(addresses[key][i]);
    }
    counts[key] = 0;
  }

  void write(int[] touched, long now) {
    for (int key : touched) {
      ttl.write(key, now);
    }
  }

  /** Forgets some of the keys whose time is over. */
  void sweep(long now) {
    for (int key : ttl.sweep(keys.limit(), now)) {
      if (counts[key] > 0) {
        empty(key);
        forget(key);
      }
    }
  }

  @Override
  public String name() {
    return "rows";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    return ttl.savedRow(spec.types());
  }

  @Override
  public List<Integer> key() {
    return spec.primaryKey();
  }

  @Override
  public long bytes() {
    return keys.bytes()
        + rows.bytes()
        + ttl.bytes()
        + touched.bytes()
        + placeBytes
        + (long) MemorySize.REFERENCE * addresses.length
        + (long) Integer.BYTES * (counts.length + removed.length);
  }

  @Override
  public long rowCount() {
    return rows.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachRow(
        keys,
        key -> counts[key],
        (key, place) -> addresses[key][place],
        (part, owners) -> to.accept(ttl.saved(get(part, part.length), owners)));
  }

  @Override
  public void restore(Batch saved) {
    int[] located = locate(saved);
    ttl.restore(saved, spec.types().size(), located);
    for (int row = 0; row < located.length; row++) {
      append(located[row], rows.add(row));
    }
  }
}
