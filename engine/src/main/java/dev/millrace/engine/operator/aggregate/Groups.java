package dev.millrace.engine.operator.aggregate;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.aggregate.GroupAggregate.Spec;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.SavedKeys;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.state.TimeToLive;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The groups of a {@link GroupAggregate}. As rows, version 1: the key, the number of rows if they
 * can be taken back, the time of the last write if groups expire, the aggregates' state.
 */
final class Groups implements StateTable {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);

  private final Spec spec;
  private final Aggregates aggregates;
  private final KeyTable keys;
  private final TimeToLive ttl;
  private final DistinctKeys touched = new DistinctKeys();

  /** Whether a group has rows, so that its result is with the consumer. */
  private boolean[] live = {};

  /** How many rows each group has, if they can be taken back. */
  private long[] rowCounts = {};

  Groups(Spec spec, Aggregates aggregates) {
    this.spec = spec;
    this.aggregates = aggregates;
    this.keys = KeyTable.of(spec.keyTypes());
    this.ttl = new TimeToLive(spec.ttlMillis());
  }

  int limit() {
    return keys.limit();
  }

  /** To find the distinct groups of a batch, whose numbers are less than {@link #limit}. */
  DistinctKeys touched() {
    return touched;
  }

  void locate(Vector[] keyColumns, int count, int[] numbers) {
    keys.locate(keyColumns, count, numbers);
    int limit = keys.limit();
    aggregates.reserve(limit);
    if (live.length < limit) {
      live = Arrays.copyOf(live, KeyTable.capacity(limit));
      rowCounts = spec.retracting() ? Arrays.copyOf(rowCounts, live.length) : rowCounts;
    }
  }

  boolean[] live(int[] groups) {
    boolean[] result = new boolean[groups.length];
    for (int i = 0; i < groups.length; i++) {
      result[i] = live[groups[i]];
    }
    return result;
  }

  Vector[] results(int[] groups) {
    return aggregates.results(groups, groups.length);
  }

  /**
   * Empties the groups whose time is over. Nothing is emitted: the consumer's time is over, too.
   */
  void forgetExpired(int[] groups, long now) {
    for (int group : groups) {
      if (live[group] && ttl.isOver(group, now)) {
        empty(group);
      }
    }
  }

  private void empty(int group) {
    aggregates.clear(group);
    live[group] = false;
    if (spec.retracting()) {
      rowCounts[group] = 0;
    }
  }

  void add(Batch batch, GroupInput input, int[] groupOfRow) {
    if (spec.retracting()) {
      addCounting(batch, input, groupOfRow);
      return;
    }
    int[] rows = Positions.list(groupOfRow.length);
    input.add(batch, rows, groupOfRow, rows.length, aggregates);
    for (int group : groupOfRow) {
      live[group] = true;
    }
  }

  /** A group that has lost all its rows starts afresh, so that no rounding error outlives them. */
  private void addCounting(Batch batch, GroupInput input, int[] groupOfRow) {
    long[] changes = input.changes(batch);
    int[] rows = new int[groupOfRow.length];
    int[] rowGroups = new int[groupOfRow.length];
    int count = 0;
    for (int row = 0; row < groupOfRow.length; row++) {
      int group = groupOfRow[row];
      if (rowCounts[group] == 0 && changes[row] < 0) {
        continue;
      }
      rows[count] = row;
      rowGroups[count++] = group;
      rowCounts[group] += changes[row];
      live[group] = true;
      if (rowCounts[group] == 0) {
        input.add(batch, rows, rowGroups, count, aggregates);
        count = 0;
        empty(group);
      }
    }
    input.add(batch, rows, rowGroups, count, aggregates);
  }

  void write(int[] groups, long now) {
    for (int group : groups) {
      ttl.write(group, now);
    }
  }

  /** Forgets those of the groups that have no rows. */
  void removeDead(int[] groups) {
    for (int group : groups) {
      if (!live[group]) {
        keys.remove(group);
      }
    }
  }

  /** Forgets some of the groups whose time is over. */
  void sweep(long now) {
    for (int group : ttl.sweep(keys.limit(), now)) {
      if (live[group]) {
        empty(group);
        keys.remove(group);
      }
    }
  }

  @Override
  public String name() {
    return "groups";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    List<DataType> types = new ArrayList<>(spec.keyTypes());
    if (spec.retracting()) {
      types.add(BIGINT);
    }
    if (ttl.isLimited()) {
      types.add(BIGINT);
    }
    types.addAll(aggregates.stateTypes());
    return DataType.rowOf(types);
  }

  @Override
  public List<Integer> key() {
    return IntStream.range(0, spec.keyTypes().size()).boxed().toList();
  }

  @Override
  public long bytes() {
    return keys.bytes()
        + aggregates.bytes()
        + ttl.bytes()
        + touched.bytes()
        + live.length
        + (long) Long.BYTES * rowCounts.length;
  }

  @Override
  public long rowCount() {
    return keys.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    SavedKeys.forEachPart(keys, part -> to.accept(rows(part)));
  }

  private Batch rows(int[] groups) {
    List<Vector> columns = new ArrayList<>(List.of(keys.keys(groups, groups.length)));
    if (spec.retracting()) {
      columns.add(SavedKeys.longs(groups, group -> rowCounts[group]));
    }
    if (ttl.isLimited()) {
      columns.add(SavedKeys.longs(groups, ttl::written));
    }
    columns.addAll(List.of(aggregates.state(groups, groups.length)));
    return new Batch(groups.length, columns.toArray(new Vector[0]));
  }

  @Override
  public void restore(Batch rows) {
    int count = rows.rowCount();
    Vector[] columns = new Vector[rows.columnCount()];
    Arrays.setAll(columns, rows::column);
    int next = spec.keyTypes().size();
    int[] groups = new int[count];
    locate(Arrays.copyOf(columns, next), count, groups);
    if (spec.retracting()) {
      long[] counts = ((LongVector) columns[next++]).values();
      for (int i = 0; i < count; i++) {
        rowCounts[groups[i]] = counts[i];
      }
    }
    if (ttl.isLimited()) {
      long[] written = ((LongVector) columns[next++]).values();
      for (int i = 0; i < count; i++) {
        ttl.write(groups[i], written[i]);
      }
    }
    for (int group : groups) {
      live[group] = true;
    }
    Vector[] state = Arrays.copyOfRange(columns, next, columns.length);
    aggregates.merge(state, Positions.list(count), groups, count);
  }
}
