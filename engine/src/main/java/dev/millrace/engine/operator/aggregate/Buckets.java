package dev.millrace.engine.operator.aggregate;

import dev.millrace.engine.aggregate.IncrementalAggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.state.TimeToLive;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * The keys of an {@link IncrementalGroupAggregate}. As rows, version 1: the key with its buckets,
 * the time of the last write if keys expire, a MAP of arguments per set of DISTINCT calls.
 */
final class Buckets implements StateTable {
  private final IncrementalGroupAggregate.Spec spec;
  private final IncrementalAggregates aggregates;
  private final KeyTable keys;
  private final TimeToLive ttl;
  private final DistinctKeys distinct = new DistinctKeys();
  private int[] groupOfKey = {};

  Buckets(IncrementalGroupAggregate.Spec spec, IncrementalAggregates aggregates) {
    this.spec = spec;
    this.aggregates = aggregates;
    this.keys = KeyTable.of(spec.keyTypes());
    this.ttl = new TimeToLive(spec.ttlMillis());
  }

  int limit() {
    return keys.limit();
  }

  /** The number of each row's key, emptied if its time is over, and written now. */
  int[] locate(Vector[] columns, int count, long now) {
    int[] numbers = new int[count];
    int known = keys.limit();
    keys.locate(Arrays.copyOf(columns, spec.keyTypes().size()), count, numbers);
    aggregates.reserve(keys.limit(), 0);
    for (int number : numbers) {
      if (number < known && !aggregates.isEmpty(number) && ttl.isOver(number, now)) {
        aggregates.clear(number);
      }
    }
    for (int number : numbers) {
      ttl.write(number, now);
    }
    return numbers;
  }

  /** Notes the group of each row's key; returns, by key, the groups noted last. */
  int[] noteGroups(int[] keyOfRow, int[] groupOfRow) {
    if (groupOfKey.length < keys.limit()) {
      groupOfKey = Arrays.copyOf(groupOfKey, KeyTable.capacity(keys.limit()));
    }
    for (int i = 0; i < keyOfRow.length; i++) {
      groupOfKey[keyOfRow[i]] = groupOfRow[i];
    }
    return groupOfKey;
  }

  /** Forgets those of the keys that know of nothing. */
  void removeEmpty(int[] numbers) {
    for (int number : distinct.find(numbers, keys.limit())) {
      if (aggregates.isEmpty(number)) {
        keys.remove(number);
      }
    }
  }

  /** Forgets some of the keys whose time is over. */
  void sweep(long now) {
    for (int number : ttl.sweep(keys.limit(), now)) {
      if (!aggregates.isEmpty(number)) {
        aggregates.clear(number);
        keys.remove(number);
      }
    }
  }

  @Override
  public String name() {
    return "keys";
  }

  @Override
  public int version() {
    return 1;
  }

  @Override
  public DataType row() {
    return LocalGroupAggregate.row(spec.keyTypes(), ttl.isLimited(), aggregates.keyStateTypes());
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
        + distinct.bytes()
        + (long) Integer.BYTES * groupOfKey.length;
  }

  @Override
  public long rowCount() {
    return keys.size();
  }

  @Override
  public void save(Consumer<Batch> to) {
    int[] numbers = keys.numbers();
    List<Vector> columns = new ArrayList<>(List.of(keys.keys(numbers, numbers.length)));
    if (ttl.isLimited()) {
      long[] written = IntStream.of(numbers).mapToLong(ttl::written).toArray();
      columns.add(new LongVector(written.length, written, null));
    }
    columns.addAll(aggregates.keyState(numbers, numbers.length));
    to.accept(new Batch(numbers.length, columns.toArray(new Vector[0])));
  }

  @Override
  public void restore(Batch rows) {
    int count = rows.rowCount();
    Vector[] columns = new Vector[rows.columnCount()];
    Arrays.setAll(columns, rows::column);
    int[] numbers = locate(columns, count, 0);
    int next = spec.keyTypes().size();
    if (ttl.isLimited()) {
      long[] written = ((LongVector) columns[next++]).values();
      for (int i = 0; i < count; i++) {
        ttl.write(numbers[i], written[i]);
      }
    }
    List<Vector> state = List.of(columns).subList(next, columns.length);
    aggregates.restore(state, Positions.list(count), numbers, count);
  }
}
