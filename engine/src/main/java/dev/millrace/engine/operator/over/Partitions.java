package dev.millrace.engine.operator.over;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.aggregate.GroupedRows;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.operator.over.OverAggregate.Spec;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.MemorySize;
import dev.millrace.engine.state.RowCodec;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.StateTable;
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
 * The partitions of an {@link OverAggregate}: of each the rows in time, first those that have been
 * emitted and are still in the frame, then those that wait, and what the aggregates know of the
 * former.
 *
 * <p>Memory per row: in units of 8 bytes, and 12 to 18 for its address and time. Per partition:
 * that of the key table (16 to 24 bytes for a BIGINT), that of the aggregates, 32 for marks, 8 more
 * with a time to live, and two arrays with headers of 16.
 *
 * <p>As rows, version 1. This table: the partition, the time of the last emitted row, the time
 * after which the partition is forgotten, that of its last use if it has a time to live, the
 * aggregates' state. Table {@code rows}: rows of the input, partition by partition in their order,
 * each followed by its time and by 1 if it has been emitted, else 0.
 */
final class Partitions implements StateTable {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);
  private static final int SAVED_AT_ONCE = 4096;

  /** No time to forget a partition has been set. */
  private static final long NEVER = Long.MIN_VALUE;

  private static final int[] NO_ROWS = {};
  private static final long[] NO_TIMES = {};

  private final Spec spec;
  private final Aggregates aggregates;
  private final Timers timers;
  private final KeyTable keys;
  private final RowCodec codec;
  private final RowStore store;
  private final Constants constants;
  private final TimeToLive ttl;

  private final DistinctKeys touched = new DistinctKeys();
  private int[][] addresses = {};
  private long[][] times = {};
  private int[] counts = {};

  /** How many of each partition's rows have been emitted. */
  private int[] emitted = {};

  private long[] emittedUntil = {};
  private long[] forgetAt = {};

  /** What the arrays of addresses and times take. */
  private long placeBytes;

  Partitions(Spec spec, Aggregates aggregates, Constants constants, Timers timers) {
    this.spec = spec;
    this.aggregates = aggregates;
    this.constants = constants;
    this.ttl = new TimeToLive(spec.idleMillis());
    this.timers = timers;
    this.keys = KeyTable.of(spec.partition().stream().map(spec.types()::get).toList());
    this.codec = new RowCodec(spec.types());
    this.store = new RowStore(spec.types());
  }

  int limit() {
    return keys.limit();
  }

  /** To find the distinct partitions of a batch, whose numbers are less than {@link #limit}. */
  DistinctKeys touched() {
    return touched;
  }

  /**
   * Finds the partition of each row of a batch, which then is the one at hand. Partitions that have
   * been idle for too long begin anew.
   */
  int[] locate(Batch batch, long now) {
    int[] located = locate(batch);
    renew(located, now);
    return located;
  }

  private void renew(int[] used, long now) {
    if (ttl.isLimited()) {
      for (int partition : used) {
        if (isIdle(partition, now)) {
          empty(partition);
        }
        ttl.write(partition, now);
      }
    }
  }

  private int[] locate(Batch batch) {
    Vector[] columns = new Vector[spec.types().size()];
    Arrays.setAll(columns, batch::column);
    codec.encode(columns, batch.rowCount());
    return locate(key(batch), batch.rowCount());
  }

  private Vector[] key(Batch batch) {
    return spec.partition().stream().map(batch::column).toArray(Vector[]::new);
  }

  private int[] locate(Vector[] key, int count) {
    int[] located = new int[count];
    keys.locate(key, count, located);
    aggregates.reserve(keys.limit());
    int from = counts.length;
    if (from < keys.limit()) {
      int capacity = KeyTable.capacity(keys.limit());
      counts = Arrays.copyOf(counts, capacity);
      emitted = Arrays.copyOf(emitted, capacity);
      emittedUntil = Arrays.copyOf(emittedUntil, capacity);
      forgetAt = Arrays.copyOf(forgetAt, capacity);
      addresses = Arrays.copyOf(addresses, capacity);
      times = Arrays.copyOf(times, capacity);
      Arrays.fill(forgetAt, from, capacity, NEVER);
      Arrays.fill(addresses, from, capacity, NO_ROWS);
      Arrays.fill(times, from, capacity, NO_TIMES);
    }
    return located;
  }

  /** The time of the last row that was emitted; 0 at first. */
  long emittedUntil(int partition) {
    return emittedUntil[partition];
  }

  /** Lets a row at hand wait, behind those of the same time. */
  void add(int partition, int row, long time) {
    int place = firstAfter(partition, emitted[partition], time);
    insert(partition, place, row, time);
    if (place == emitted[partition]) {
      timers.add(time, partition);
    }
    if (spec.isBounded() && !spec.isRows()) {
      postponeForgetting(partition, time);
    }
  }

  /** As Flink does: half the frame longer than need be, so as not to do it for every row. */
  private void postponeForgetting(int partition, long time) {
    if (forgetAt[partition] == NEVER || forgetAt[partition] < time + spec.preceding() + 1) {
      forgetAt[partition] = time + (long) (spec.preceding() * 1.5) + 1;
      timers.add(forgetAt[partition], partition);
    }
  }

  /** Lets a row at hand wait, as the last. */
  void append(int partition, int row, long time) {
    insert(partition, counts[partition], row, time);
  }

  private void insert(int partition, int place, int row, long time) {
    int count = counts[partition]++;
    if (count == addresses[partition].length) {
      int capacity = Math.max(2, count + (count >> 1));
      setPlaces(
          partition,
          Arrays.copyOf(addresses[partition], capacity),
          Arrays.copyOf(times[partition], capacity));
    }
    System.arraycopy(addresses[partition], place, addresses[partition], place + 1, count - place);
    System.arraycopy(times[partition], place, times[partition], place + 1, count - place);
    addresses[partition][place] = store.add(codec, row);
    times[partition][place] = time;
  }

  private void setPlaces(int partition, int[] newAddresses, long[] newTimes) {
    placeBytes += MemorySize.ofInts(newAddresses) - MemorySize.ofInts(addresses[partition]);
    placeBytes += MemorySize.ofLongs(newTimes) - MemorySize.ofLongs(times[partition]);
    addresses[partition] = newAddresses;
    times[partition] = newTimes;
  }

  /** The place, not before {@code from}, of the partition's first row with a later time. */
  private int firstAfter(int partition, int from, long time) {
    long[] all = times[partition];
    int low = from;
    int high = counts[partition];
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all[middle] <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Emits the rows of the partitions that wait for {@code time} or an earlier one. */
  Batch advance(int[] partitions, long time, EvaluationContext context) {
    Frames frames = new Frames(spec, partitions.length);
    for (int partition : partitions) {
      int end = firstAfter(partition, emitted[partition], time);
      frames.add(partition, times[partition], addresses[partition], emitted[partition], end);
    }
    if (frames.dueCount() == 0) {
      return new Batch(0);
    }
    Batch rows = new Batch(frames.rowCount(), store.get(frames.addresses(), frames.rowCount()));
    Vector[] results = frames.frameRows().run(constants.addTo(rows, context), aggregates);
    for (int i = 0; i < partitions.length; i++) {
      leave(partitions[i], frames.left(i), frames.end(i));
    }
    return due(frames, rows, results);
  }

  /** Emits all rows of a batch, whose frames begin with their partitions' first rows. */
  Batch accumulate(Batch batch, long now, EvaluationContext context) {
    int count = batch.rowCount();
    int[] located = locate(key(batch), count);
    renew(located, now);
    boolean[] read = new boolean[count];
    Arrays.fill(read, true);
    int[] rows = IntStream.range(0, count).toArray();
    GroupedRows all = new GroupedRows(count, rows, located, null);
    Vector[] results = aggregates.run(constants.addTo(batch, context), all, read);
    Vector[] columns = new Vector[spec.types().size() + results.length];
    Arrays.setAll(
        columns, i -> i < spec.types().size() ? batch.column(i) : results[i - spec.types().size()]);
    return new Batch(count, columns);
  }

  /** The rows that are due, each followed by its results. */
  private static Batch due(Frames frames, Batch rows, Vector[] results) {
    int count = frames.dueCount();
    Vector[] columns = new Vector[rows.columnCount() + results.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          i < rows.columnCount()
              ? rows.column(i).take(frames.dueRows(), count)
              : results[i - rows.columnCount()].take(frames.resultOf(), count);
    }
    return new Batch(count, columns);
  }

  /** Forgets rows that no later frame has; those before {@code end} have been emitted. */
  private void leave(int partition, int left, int end) {
    if (end > emitted[partition]) {
      emittedUntil[partition] = times[partition][end - 1];
    }
    for (int i = 0; i < left; i++) {
      store.remove(addresses[partition][i]);
    }
    int rest = counts[partition] - left;
    System.arraycopy(addresses[partition], left, addresses[partition], 0, rest);
    System.arraycopy(times[partition], left, times[partition], 0, rest);
    counts[partition] = rest;
    emitted[partition] = end - left;
    if (spec.hasRowtime() && emitted[partition] < rest) {
      timers.add(times[partition][emitted[partition]], partition);
    }
  }

  /** Forgets those of the partitions whose time for it has come. */
  void cleanUp(int[] partitions, long time) {
    for (int partition : partitions) {
      if (forgetAt[partition] != NEVER && forgetAt[partition] <= time) {
        forget(partition);
      }
    }
  }

  /** Notes that partitions are in use. */
  void touch(int[] partitions, long now) {
    for (int partition : partitions) {
      ttl.write(partition, now);
    }
  }

  /** Forgets some of the partitions that have been idle for too long. */
  void sweep(long now) {
    for (int partition : ttl.sweep(keys.limit(), now)) {
      if (isIdle(partition, now)) {
        forget(partition);
      }
    }
  }

  /** Whether a partition's time to live is over and none of its rows waits. */
  private boolean isIdle(int partition, long now) {
    return ttl.isOver(partition, now) && emitted[partition] == counts[partition];
  }

  private void forget(int partition) {
    empty(partition);
    keys.remove(partition);
    ttl.write(partition, Long.MAX_VALUE);
  }

  private void empty(int partition) {
    for (int i = 0; i < counts[partition]; i++) {
      store.remove(addresses[partition][i]);
    }
    counts[partition] = 0;
    emitted[partition] = 0;
    emittedUntil[partition] = 0;
    forgetAt[partition] = NEVER;
    setPlaces(partition, NO_ROWS, NO_TIMES);
    aggregates.clear(partition);
  }

  @Override
  public String name() {
    return "partitions";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    List<DataType> all = new ArrayList<>(spec.partition().stream().map(spec.types()::get).toList());
    all.add(BIGINT);
    all.add(BIGINT);
    if (ttl.isLimited()) {
      all.add(BIGINT);
    }
    all.addAll(aggregates.stateTypes());
    return DataType.rowOf(all);
  }

  @Override
  public List<Integer> key() {
    return IntStream.range(0, spec.partition().size()).boxed().toList();
  }

  @Override
  public long bytes() {
    return keys.bytes()
        + aggregates.bytes()
        + timers.bytes()
        + ttl.bytes()
        + touched.bytes()
        + 2L * (Integer.BYTES + Long.BYTES) * counts.length;
  }

  @Override
  public long rowCount() {
    return keys.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachPart(keys, part -> to.accept(saved(part)));
  }

  private Batch saved(int[] part) {
    List<Vector> columns = new ArrayList<>(List.of(keys.keys(part, part.length)));
    columns.add(SavedKeys.longs(part, partition -> emittedUntil[partition]));
    columns.add(SavedKeys.longs(part, partition -> forgetAt[partition]));
    if (ttl.isLimited()) {
      columns.add(SavedKeys.longs(part, ttl::written));
    }
    columns.addAll(List.of(aggregates.state(part, part.length)));
    return new Batch(part.length, columns.toArray(new Vector[0]));
  }

  @Override
  public void restore(Batch saved) {
    int next = spec.partition().size();
    Vector[] columns = new Vector[saved.columnCount()];
    Arrays.setAll(columns, saved::column);
    int[] located = locate(Arrays.copyOf(columns, next), saved.rowCount());
    long[] until = ((LongVector) columns[next++]).values();
    long[] forget = ((LongVector) columns[next++]).values();
    long[] written = ttl.isLimited() ? ((LongVector) columns[next++]).values() : null;
    for (int i = 0; i < located.length; i++) {
      if (written != null) {
        ttl.write(located[i], written[i]);
      }
      emittedUntil[located[i]] = until[i];
      forgetAt[located[i]] = forget[i];
      if (forget[i] != NEVER) {
        timers.add(forget[i], located[i]);
      }
    }
    aggregates.merge(
        Arrays.copyOfRange(columns, next, columns.length),
        IntStream.range(0, located.length).toArray(),
        located,
        located.length);
  }

  /** The rows, as a table of its own. */
  StateTable rows() {
    return new Rows();
  }

  private final class Rows implements StateTable {
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
      List<DataType> all = new ArrayList<>(spec.types());
      all.add(BIGINT);
      all.add(BIGINT);
      return DataType.rowOf(all);
    }

    @Override
    public List<Integer> key() {
      return spec.partition();
    }

    @Override
    public long bytes() {
      return store.bytes()
          + codec.bytes()
          + placeBytes
          + 2L * MemorySize.REFERENCE * addresses.length;
    }

    @Override
    public long rowCount() {
      return store.size();
    }

    @Override
    public void save(Consumer<Batch> to) {
      int[] part = new int[SAVED_AT_ONCE];
      long[] partTimes = new long[SAVED_AT_ONCE];
      long[] partEmitted = new long[SAVED_AT_ONCE];
      int n = 0;
      for (int partition : keys.numbers()) {
        for (int i = 0; i < counts[partition]; i++) {
          part[n] = addresses[partition][i];
          partTimes[n] = times[partition][i];
          partEmitted[n++] = i < emitted[partition] ? 1 : 0;
          if (n == SAVED_AT_ONCE) {
            to.accept(saved(part, partTimes, partEmitted, n));
            n = 0;
          }
        }
      }
      to.accept(saved(part, partTimes, partEmitted, n));
    }

    private Batch saved(int[] part, long[] partTimes, long[] partEmitted, int count) {
      Vector[] columns = Arrays.copyOf(store.get(part, count), spec.types().size() + 2);
      columns[columns.length - 2] = new LongVector(count, Arrays.copyOf(partTimes, count), null);
      columns[columns.length - 1] = new LongVector(count, Arrays.copyOf(partEmitted, count), null);
      return new Batch(count, columns);
    }

    @Override
    public void restore(Batch saved) {
      int[] located = locate(saved);
      long[] savedTimes = ((LongVector) saved.column(spec.types().size())).values();
      long[] savedEmitted = ((LongVector) saved.column(spec.types().size() + 1)).values();
      for (int row = 0; row < located.length; row++) {
        int partition = located[row];
        append(partition, row, savedTimes[row]);
        if (savedEmitted[row] == 1) {
          emitted[partition]++;
        } else if (spec.hasRowtime() && counts[partition] == emitted[partition] + 1) {
          timers.add(savedTimes[row], partition);
        }
      }
    }
  }
}
