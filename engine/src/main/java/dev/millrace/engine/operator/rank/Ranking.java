package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.operator.rank.Rank.Spec;
import dev.millrace.engine.operator.rank.Rank.Strategy;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.MemorySize;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.SortedRows;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.state.TieredInts;
import dev.millrace.engine.state.TimeToLive;
import dev.millrace.engine.state.Timers;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The rows of each partition of a {@link Rank} in their order, equal ones as they came. As rows,
 * version 1: those of the input, partition by partition in that order, each followed by the time of
 * the partition's last write if state expires.
 */
final class Ranking implements StateTable {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);
  private static final int[] NO_ROWS = {};

  private final Spec spec;
  private final SortedRows rows;
  private final KeyTable partitions;
  private final TimeToLive ttl;
  private final Timers timers;
  private final DistinctKeys touched = new DistinctKeys();

  /** For each partition the addresses of its rows in order; null if it has none. */
  private TieredInts[] addresses = {};

  /** Hashes of the rows' identities, next to their addresses, if rows are sought by it. */
  private TieredInts[] hashes = {};

  /** For each partition its last rank, once a row has told it, if that is a column. */
  private long[] ends = {};

  private boolean[] hasEnd = {};

  /** What the lists of addresses and hashes take. */
  private long placeBytes;

  /** Rows that have left but may still be asked for, until {@link #free}. */
  private int[] removed = {};

  private int removedCount;

  private final List<Integer> key;
  private final RestoredPartition restored;

  Ranking(Spec spec) {
    this(spec, spec.partition(), new Timers(), (batch, row, partition) -> {});
  }

  /**
   * {@code key} are the columns that rows are distributed by, all or some of the partition's;
   * {@code timers} those that are set for partitions.
   */
  Ranking(Spec spec, List<Integer> key, Timers timers, RestoredPartition restored) {
    this.spec = spec;
    this.timers = timers;
    this.key = key;
    this.restored = restored;
    this.rows = new SortedRows(spec.types(), spec.order(), spec.rowKey());
    this.partitions = KeyTable.of(spec.partition().stream().map(spec.types()::get).toList());
    this.ttl = new TimeToLive(spec.ttlMillis());
  }

  /** Hears of the first row of each partition that is restored. */
  @FunctionalInterface
  interface RestoredPartition {
    void accept(Batch saved, int row, int partition);
  }

  private boolean isUpdating() {
    return spec.strategy() == Strategy.UPDATE;
  }

  /** To find the distinct partitions of a batch, whose numbers are less than {@link #limit}. */
  DistinctKeys touched() {
    return touched;
  }

  /** Finds the partition of each row of a batch, which then is the one at hand. */
  int[] locate(Batch batch) {
    int[] located = new int[batch.rowCount()];
    Vector[] key = new Vector[spec.partition().size()];
    for (int i = 0; i < key.length; i++) {
      key[i] = batch.column(spec.partition().get(i));
    }
    partitions.locate(key, located.length, located);
    reserve(partitions.limit());
    Vector[] columns = new Vector[spec.types().size()];
    Arrays.setAll(columns, batch::column);
    rows.encode(columns, located.length);
    return located;
  }

  private void reserve(int limit) {
    if (limit > addresses.length) {
      int capacity = KeyTable.capacity(limit);
      addresses = Arrays.copyOf(addresses, capacity);
      if (isUpdating()) {
        hashes = Arrays.copyOf(hashes, capacity);
      }
      if (spec.hasEndColumn()) {
        ends = Arrays.copyOf(ends, capacity);
        hasEnd = Arrays.copyOf(hasEnd, capacity);
      }
    }
  }

  /** Lets the first row of each new partition say which rank is its last. */
  void readEnds(Batch batch, int[] partitionOfRow) {
    if (!spec.hasEndColumn()) {
      return;
    }
    Vector column = batch.column(spec.endColumn());
    long[] values = NumericArrays.longs(column, batch.rowCount());
    for (int row = 0; row < partitionOfRow.length; row++) {
      int partition = partitionOfRow[row];
      if (!hasEnd[partition]) {
        hasEnd[partition] = true;
        ends[partition] = column.isNull(row) ? 0 : values[row];
      }
    }
  }

  int limit() {
    return partitions.limit();
  }

  private int count(int partition) {
    return addresses[partition] == null ? 0 : addresses[partition].size();
  }

  /** The addresses of the partition's rows that are within the range of ranks. */
  int[] inRange(int partition) {
    long first = spec.start() - 1;
    long end = Math.min(count(partition), end(partition));
    return first >= end ? NO_ROWS : addresses[partition].copy((int) first, (int) end);
  }

  private long end(int partition) {
    return spec.hasEndColumn() ? ends[partition] : spec.end();
  }

  /** Adds a row at hand. */
  void add(int partition, int row) {
    if (spec.strategy() == Strategy.RETRACT) {
      insert(partition, row);
      return;
    }
    int old = isUpdating() ? find(partition, row) : -1;
    if (old >= 0) {
      update(partition, old, row);
      return;
    }
    int count = count(partition);
    if (count < end(partition)) {
      insert(partition, row);
    } else if (count > 0
        && Integer.signum(rows.compare(addresses[partition].get(count - 1), row)) >= better()) {
      removeAt(partition, count - 1);
      insert(partition, row);
    }
  }

  /** How the last row must compare to one that takes its place. */
  private int better() {
    return spec.strategy() == Strategy.APPEND_NEWEST ? 0 : 1;
  }

  /** The place of the partition's row with the identity of a row at hand, or -1. */
  private int find(int partition, int row) {
    int hash = rows.identityHash(row);
    TieredInts known = hashes[partition];
    for (int i = 0; i < count(partition); i++) {
      if (known.get(i) == hash && rows.isIdentical(addresses[partition].get(i), row)) {
        return i;
      }
    }
    return -1;
  }

  /** A row keeps its place among equal ones when its sort key stays the same. */
  private void update(int partition, int place, int row) {
    int old = addresses[partition].get(place);
    if (rows.compare(old, row) == 0) {
      addresses[partition].set(place, rows.add(row));
      leave(old);
    } else {
      removeAt(partition, place);
      insert(partition, row);
    }
  }

  /** Takes back the first row that equals one at hand; one that is not there is passed over. */
  void retract(int partition, int row) {
    TieredInts all = addresses[partition];
    int count = count(partition);
    for (int i = place(partition, row, 0); i < count && rows.compare(all.get(i), row) == 0; i++) {
      if (rows.isEqual(all.get(i), row)) {
        removeAt(partition, i);
        return;
      }
    }
  }

  private void insert(int partition, int row) {
    insertAt(partition, place(partition, row, better()), row);
  }

  private void insertAt(int partition, int place, int row) {
    if (addresses[partition] == null) {
      addresses[partition] = newPlaces();
      if (isUpdating()) {
        hashes[partition] = newPlaces();
      }
    }
    insert(addresses[partition], place, rows.add(row));
    if (isUpdating()) {
      insert(hashes[partition], place, rows.identityHash(row));
    }
  }

  private TieredInts newPlaces() {
    TieredInts places = new TieredInts();
    placeBytes += places.bytes();
    return places;
  }

  private void insert(TieredInts to, int place, int value) {
    placeBytes -= to.bytes();
    to.insert(place, value);
    placeBytes += to.bytes();
  }

  /** The first place whose row compares to one at hand as {@code sign} or greater. */
  private int place(int partition, int row, int sign) {
    TieredInts all = addresses[partition];
    int low = 0;
    int high = count(partition);
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Integer.signum(rows.compare(all.get(middle), row)) < sign) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void removeAt(int partition, int place) {
    leave(addresses[partition].get(place));
    addresses[partition].remove(place);
    if (isUpdating()) {
      hashes[partition].remove(place);
    }
  }

  private void leave(int address) {
    if (removedCount == removed.length) {
      removed = Arrays.copyOf(removed, Math.max(64, 2 * removedCount));
    }
    removed[removedCount++] = address;
  }

  /** Gives the room of rows that have left to others, and forgets partitions without rows. */
  void free(int[] touched) {
    for (int i = 0; i < removedCount; i++) {
      rows.remove(removed[i]);
    }
    removedCount = 0;
    for (int partition : touched) {
      if (count(partition) == 0 && !spec.hasEndColumn()) {
        forget(partition);
      }
    }
  }

  private void forget(int partition) {
    partitions.remove(partition);
    dropPlaces(partition);
    if (spec.hasEndColumn()) {
      hasEnd[partition] = false;
    }
  }

  private void dropPlaces(int partition) {
    if (addresses[partition] == null) {
      return;
    }
    placeBytes -= addresses[partition].bytes();
    addresses[partition] = null;
    if (isUpdating()) {
      placeBytes -= hashes[partition].bytes();
      hashes[partition] = null;
    }
  }

  boolean areEqual(int one, int other) {
    return rows.areEqual(one, other);
  }

  boolean areIdentical(int one, int other) {
    return rows.areIdentical(one, other);
  }

  Vector[] get(int[] rowAddresses, int count) {
    return rows.get(rowAddresses, count);
  }

  boolean isEmpty(int partition) {
    return count(partition) == 0;
  }

  /** Forgets partitions with their rows. */
  void drop(int[] dropped) {
    for (int partition : dropped) {
      if (count(partition) > 0) {
        empty(partition);
        forget(partition);
      }
    }
  }

  /** Empties the partitions whose time is over. Nothing is emitted: so is the consumer's. */
  void forgetExpired(int[] touched, long now) {
    for (int partition : touched) {
      if (count(partition) > 0 && ttl.isOver(partition, now)) {
        empty(partition);
      }
    }
  }

  private void empty(int partition) {
    for (int i = 0; i < count(partition); i++) {
      rows.remove(addresses[partition].get(i));
    }
    dropPlaces(partition);
    if (spec.hasEndColumn()) {
      hasEnd[partition] = false;
    }
  }

  void write(int[] touched, long now) {
    for (int partition : touched) {
      ttl.write(partition, now);
    }
  }

  /** Forgets some of the partitions whose time is over. */
  void sweep(long now) {
    for (int partition : ttl.sweep(partitions.limit(), now)) {
      if (count(partition) > 0) {
        empty(partition);
        forget(partition);
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
    return key;
  }

  @Override
  public long bytes() {
    return partitions.bytes()
        + rows.bytes()
        + ttl.bytes()
        + timers.bytes()
        + touched.bytes()
        + placeBytes
        + (long) MemorySize.REFERENCE * (addresses.length + hashes.length)
        + (long) Integer.BYTES * removed.length;
  }

  @Override
  public long rowCount() {
    return rows.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachRow(
        partitions,
        this::count,
        (partition, place) -> addresses[partition].get(place),
        (part, owners) -> to.accept(ttl.saved(get(part, part.length), owners)));
  }

  @Override
  public void restore(Batch saved) {
    int[] owners = locate(saved);
    ttl.restore(saved, spec.types().size(), owners);
    for (int row = 0; row < owners.length; row++) {
      if (count(owners[row]) == 0) {
        restored.accept(saved, row, owners[row]);
      }
      insertAt(owners[row], count(owners[row]), row);
    }
  }

  /**
   * The last ranks of partitions, also of those without rows: version 1, the partition, its end.
   */
  StateTable ends() {
    return new Ends();
  }

  private final class Ends implements StateTable {
    private final int keyColumns = spec.partition().size();

    @Override
    public String name() {
      return "ends";
    }

    @Override
    public int version() {
      return 1;
    }

    @Override
    public DataType row() {
      List<DataType> columns = new ArrayList<>();
      spec.partition().forEach(column -> columns.add(spec.types().get(column)));
      columns.add(BIGINT);
      return DataType.rowOf(columns);
    }

    @Override
    public List<Integer> key() {
      return IntStream.range(0, keyColumns).boxed().toList();
    }

    @Override
    public long bytes() {
      return (Long.BYTES + 1L) * ends.length;
    }

    @Override
    public long rowCount() {
      return partitions.size();
    }

    @Override
    public void save(Consumer<Batch> to) {
      SavedKeys.forEachPart(
          partitions,
          part -> {
            Vector[] key = partitions.keys(part, part.length);
            Vector[] columns = Arrays.copyOf(key, keyColumns + 1);
            columns[keyColumns] = SavedKeys.longs(part, partition -> ends[partition]);
            to.accept(new Batch(part.length, columns));
          });
    }

    @Override
    public void restore(Batch saved) {
      int[] numbers = new int[saved.rowCount()];
      Vector[] key = new Vector[keyColumns];
      Arrays.setAll(key, saved::column);
      partitions.locate(key, numbers.length, numbers);
      reserve(partitions.limit());
      long[] values = ((LongVector) saved.column(keyColumns)).values();
      for (int i = 0; i < numbers.length; i++) {
        ends[numbers[i]] = values[i];
        hasEnd[numbers[i]] = true;
        if (count(numbers[i]) == 0) {
          ttl.write(numbers[i], Long.MAX_VALUE);
        }
      }
    }
  }
}
