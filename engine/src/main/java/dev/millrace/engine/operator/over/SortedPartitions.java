package dev.millrace.engine.operator.over;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.over.SortedOverAggregate.Spec;
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
import java.util.function.LongSupplier;

/**
 * The rows of each partition of a {@link SortedOverAggregate} in their order, equal ones as they
 * came. As rows, version 1: those of the input, partition by partition in that order, each followed
 * by the time of the partition's last write if state expires.
 */
final class SortedPartitions implements StateTable {
  private static final int[] NO_ROWS = {};

  private final Spec spec;
  private final KeyTable keys;
  private final SortedRows store;
  private final TimeToLive ttl;
  private final LongSupplier beside;

  /** For each partition the addresses of its rows in order, and how many there are. */
  private int[][] addresses = {};

  private int[] counts = {};

  /** What the arrays of addresses take. */
  private long placeBytes;

  /** Rows that have been taken back but can still be asked for, until {@link #free}. */
  private int[] removed = new int[16];

  private int removedCount;

  /** {@code beside} tells how many bytes the operator takes for what it knows of partitions. */
  SortedPartitions(Spec spec, LongSupplier beside) {
    this.spec = spec;
    this.beside = beside;
    this.keys = KeyTable.of(spec.partition().stream().map(spec.types()::get).toList());
    this.store = new SortedRows(spec.types(), spec.order(), List.of());
    this.ttl = new TimeToLive(spec.ttlMillis());
  }

  /** All partitions' numbers are less than this. */
  int limit() {
    return keys.limit();
  }

  /** Finds the partition of each row of a batch, which then is the one at hand. */
  int[] locate(Batch batch) {
    Vector[] key = new Vector[spec.partition().size()];
    Arrays.setAll(key, i -> batch.column(spec.partition().get(i)));
    int[] located = new int[batch.rowCount()];
    keys.locate(key, located.length, located);
    Vector[] columns = new Vector[spec.types().size()];
    Arrays.setAll(columns, batch::column);
    store.encode(columns, located.length);
    int from = counts.length;
    if (from < keys.limit()) {
      counts = Arrays.copyOf(counts, KeyTable.capacity(keys.limit()));
      addresses = Arrays.copyOf(addresses, counts.length);
      Arrays.fill(addresses, from, counts.length, NO_ROWS);
    }
    return located;
  }

  /**
   * Notes that a partition is written; one that has not been for its time to live is emptied first.
   * Nothing is emitted: the consumer's time is over, too. Returns whether it was.
   */
  boolean write(int partition, long now) {
    boolean isOver = ttl.isOver(partition, now) && counts[partition] > 0;
    if (isOver) {
      empty(partition);
    }
    ttl.write(partition, now);
    return isOver;
  }

  /** The addresses of a partition's rows; the array is longer than their number. */
  int[] addresses(int partition) {
    return addresses[partition];
  }

  int count(int partition) {
    return counts[partition];
  }

  /** The place of a row at hand: behind those that are before it or tied with it. */
  int placeToAdd(int partition, int row) {
    return firstAtLeast(partition, row, 1);
  }

  /** The place of the first row that equals one at hand, or -1. */
  int placeOf(int partition, int row) {
    int[] all = addresses[partition];
    int place = firstAtLeast(partition, row, 0);
    for (; place < counts[partition] && store.compare(all[place], row) == 0; place++) {
      if (store.isEqual(all[place], row)) {
        return place;
      }
    }
    return -1;
  }

  /** The first place whose row compares to one at hand with {@code least} or more. */
  private int firstAtLeast(int partition, int row, int least) {
    int[] all = addresses[partition];
    int low = 0;
    int high = counts[partition];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.signum(store.compare(all[middle], row)) < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Puts a row at hand at a place. */
  void add(int partition, int place, int row) {
    int count = counts[partition]++;
    int[] all = addresses[partition];
    if (count == all.length) {
      all = Arrays.copyOf(all, Math.max(2, count + (count >> 1)));
      setAddresses(partition, all);
    }
    System.arraycopy(all, place, all, place + 1, count - place);
    all[place] = store.add(row);
  }

  /** Takes the row at a place out. */
  void remove(int partition, int place) {
    int[] all = addresses[partition];
    if (removedCount == removed.length) {
      removed = Arrays.copyOf(removed, 2 * removedCount);
    }
    removed[removedCount++] = all[place];
    System.arraycopy(all, place + 1, all, place, --counts[partition] - place);
  }

  /** The addresses of the rows that were taken out last, ascending. */
  int[] removed() {
    int[] sorted = Arrays.copyOf(removed, removedCount);
    Arrays.sort(sorted);
    return sorted;
  }

  /** Forgets the rows that were taken out. */
  void free() {
    for (int i = 0; i < removedCount; i++) {
      store.remove(removed[i]);
    }
    removedCount = 0;
  }

  /** Whether the rows at two addresses have the same place in the order. */
  boolean areTied(int one, int other) {
    return store.areTied(one, other);
  }

  /** The rows at addresses, a vector per column. */
  Vector[] get(int[] from, int count) {
    return store.get(from, count);
  }

  /** Forgets a partition. */
  void forget(int partition) {
    empty(partition);
    keys.remove(partition);
    ttl.write(partition, Long.MAX_VALUE);
  }

  private void empty(int partition) {
    for (int i = 0; i < counts[partition]; i++) {
      store.remove(addresses[partition][i]);
    }
    counts[partition] = 0;
    setAddresses(partition, NO_ROWS);
  }

  private void setAddresses(int partition, int[] places) {
    placeBytes += MemorySize.ofInts(places) - MemorySize.ofInts(addresses[partition]);
    addresses[partition] = places;
  }

  /** Some of the partitions whose time is over. */
  int[] sweep(long now) {
    return Arrays.stream(ttl.sweep(keys.limit(), now)).filter(p -> counts[p] > 0).toArray();
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
    return spec.partition();
  }

  @Override
  public long bytes() {
    return keys.bytes()
        + store.bytes()
        + ttl.bytes()
        + beside.getAsLong()
        + placeBytes
        + (long) MemorySize.REFERENCE * addresses.length
        + (long) Integer.BYTES * (counts.length + removed.length);
  }

  @Override
  public long rowCount() {
    return store.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachRow(
        keys,
        partition -> counts[partition],
        (partition, place) -> addresses[partition][place],
        (rows, owners) -> to.accept(ttl.saved(store.get(rows, rows.length), owners)));
  }

  @Override
  public void restore(Batch saved) {
    int[] located = locate(saved);
    ttl.restore(saved, spec.types().size(), located);
    for (int row = 0; row < located.length; row++) {
      add(located[row], counts[located[row]], row);
    }
  }
}
