package dev.millrace.engine.operator.over;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Changelog;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.Sameness;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.SortColumn;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Adds to each row the aggregates of the rows of its partition before it, in the order of columns
 * that are no time, and of itself; with RANGE also of those tied with it. Rows may come in any
 * order and be taken back: the results of all rows behind are updated, one change per row and
 * batch. A row to be taken back that is not there is passed over, as in Flink.
 *
 * <p>The aggregates stand at the partition's last row, so that rows behind it cost just themselves.
 * Else they start again at the first row and pass by those before the first change, once per
 * partition and batch; the old results are computed again, too, instead of being kept.
 *
 * <p>Memory per row: that of {@link dev.millrace.engine.state.SortedRows} and 4 to 6 bytes for its
 * address. Per partition: that of the key table (16 to 24 bytes for a BIGINT), that of the
 * aggregates, an array with a header of 16, 9 bytes, 8 more with a time to live.
 */
public final class SortedOverAggregate extends ForwardingOperator {
  /**
   * What to do.
   *
   * @param types of the input's columns
   * @param partition the columns that name a partition
   * @param order the columns that order its rows
   * @param isRows whether tied rows count one by one, not together
   * @param resultTypes the types of the aggregates' results
   * @param ttlMillis how long a partition is kept after it was written; 0 for ever
   */
  public record Spec(
      List<DataType> types,
      List<Integer> partition,
      List<SortColumn> order,
      boolean isRows,
      List<DataType> resultTypes,
      long ttlMillis) {}

  private final Spec spec;
  private final Aggregates aggregates;
  private final Constants constants;
  private final SortedPartitions partitions;
  private final DistinctKeys distinct = new DistinctKeys();

  /** Whether the aggregates know of a partition's rows; they don't after a restore. */
  private boolean[] known = {};

  /** The calls may have {@code constants} as arguments, as columns behind those of the input. */
  public SortedOverAggregate(Spec spec, Aggregates aggregates, Constants constants) {
    this.spec = spec;
    this.aggregates = aggregates;
    this.constants = constants;
    this.partitions = new SortedPartitions(spec, this::bytesBeside);
  }

  private long bytesBeside() {
    return aggregates.bytes() + distinct.bytes() + known.length;
  }

  @Override
  public void process(int input, Batch batch) {
    int[] partitionOfRow = partitions.locate(batch);
    int[] touched = distinct.find(partitionOfRow, partitions.limit());
    reserve(touched.length);
    expire(touched);
    SortedChanges changes = new SortedChanges(partitions, touched);
    for (int row = 0; row < partitionOfRow.length; row++) {
      RowKind kind = batch.rowKind(row);
      boolean added = kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
      changes.apply(distinct.indexOf(partitionOfRow[row]), row, added);
    }
    emit(changes(changes, touched));
    partitions.free();
    for (int partition : touched) {
      if (partitions.count(partition) == 0) {
        forget(partition);
      }
    }
  }

  /** The aggregates have a group per partition, and one more for what a touched one was before. */
  private void reserve(int touched) {
    aggregates.reserve(partitions.limit() + touched);
    if (known.length < partitions.limit()) {
      known = Arrays.copyOf(known, KeyTable.capacity(partitions.limit()));
    }
  }

  private void expire(int[] touched) {
    long now = context().clock().millis();
    for (int partition : touched) {
      if (partitions.write(partition, now)) {
        aggregates.clear(partition);
        known[partition] = true;
      }
    }
  }

  private Batch changes(SortedChanges changes, int[] touched) {
    SortedFrames frames = new SortedFrames(partitions, spec.isRows());
    for (int i = 0; i < touched.length; i++) {
      if (changes.isChanged(i)) {
        addFrames(changes, i, touched[i], frames);
      }
    }
    if (frames.readCount() == 0) {
      return new Batch(0);
    }
    Vector[] columns = partitions.get(frames.addresses(), frames.rowCount());
    Batch rows = constants.addTo(new Batch(frames.rowCount(), columns), evaluation());
    Vector[] results = frames.run(rows, aggregates);
    for (int i = 0; i < touched.length; i++) {
      aggregates.clear(partitions.limit() + i);
    }
    return changelog(frames, columns, results);
  }

  private void addFrames(SortedChanges changes, int i, int partition, SortedFrames frames) {
    int first = changes.first(i, spec.isRows());
    if (first == changes.countBefore(i) && first == changes.countAfter(i)) {
      return;
    }
    int before = partitions.limit() + i;
    if (first < changes.countBefore(i) || !known[partition]) {
      aggregates.clear(partition);
      frames.addUnchanged(changes.before(i), first, before, partition);
      known[partition] = true;
    }
    frames.addChanged(changes, i, first, before, partition);
  }

  private Batch changelog(SortedFrames frames, Vector[] columns, Vector[] results) {
    int count = frames.rowCount();
    int[] before = frames.resultsBefore();
    int[] after = frames.resultsAfter();
    Vector[] resultsBefore = taken(results, before, count);
    Vector[] resultsAfter = taken(results, after, count);
    boolean[] differ = new boolean[count];
    for (int i = 0; i < results.length; i++) {
      Sameness.addDifferences(
          resultsBefore[i], resultsAfter[i], spec.resultTypes().get(i), count, differ);
    }
    Changelog changelog = new Changelog(count, true);
    for (int row = 0; row < count; row++) {
      if (before[row] >= 0 && after[row] >= 0) {
        if (differ[row]) {
          changelog.update(row);
        }
      } else if (before[row] >= 0) {
        changelog.delete(row);
      } else if (after[row] >= 0) {
        changelog.insert(row);
      }
    }
    return changelog.build(columns, resultsBefore, resultsAfter);
  }

  /** The results by number; any for negative numbers. */
  private static Vector[] taken(Vector[] results, int[] numbers, int count) {
    int[] positions = new int[count];
    for (int i = 0; i < count; i++) {
      positions[i] = Math.max(0, numbers[i]);
    }
    Vector[] taken = new Vector[results.length];
    Arrays.setAll(taken, i -> results[i].take(positions, count));
    return taken;
  }

  private void forget(int partition) {
    partitions.forget(partition);
    aggregates.clear(partition);
    known[partition] = false;
  }

  @Override
  public void tick() {
    for (int partition : partitions.sweep(context().clock().millis())) {
      reserve(0);
      forget(partition);
    }
  }

  @Override
  public List<StateTable> state() {
    return List.of(partitions);
  }
}
