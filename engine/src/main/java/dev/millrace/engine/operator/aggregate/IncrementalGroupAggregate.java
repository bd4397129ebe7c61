package dev.millrace.engine.operator.aggregate;

import dev.millrace.engine.aggregate.IncrementalAggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Between a {@link LocalGroupAggregate} and a {@link GroupAggregate} whose DISTINCT arguments are
 * split into buckets: keeps the arguments of each key and bucket, and emits per batch and key what
 * the {@code GroupAggregate} merges, like a {@code LocalGroupAggregate} without DISTINCT.
 *
 * <p>Memory per key and bucket: that of the {@link KeyTable}, 8 bytes, 4 more per set of DISTINCT
 * calls, and for each of its arguments 16 (if rows can be taken back 8 more per further call) and
 * those of a {@code KeyTable}; 8 more with a time to live.
 */
public final class IncrementalGroupAggregate extends ForwardingOperator {
  /**
   * What to do.
   *
   * @param keyTypes the types of the input's first columns, the key with its buckets
   * @param groupColumns those of them that are the key alone
   * @param retracting whether the number of rows follows
   * @param ttlMillis how long a key is kept after it was written; 0 for ever
   */
  public record Spec(
      List<DataType> keyTypes, List<Integer> groupColumns, boolean retracting, long ttlMillis) {
    /** The types of the columns of the key alone. */
    public List<DataType> groupTypes() {
      return groupColumns.stream().map(keyTypes::get).toList();
    }
  }

  private final Spec spec;
  private final IncrementalAggregates aggregates;
  private final Buckets keys;

  public IncrementalGroupAggregate(Spec spec, IncrementalAggregates aggregates) {
    this.spec = spec;
    this.aggregates = aggregates;
    this.keys = new Buckets(spec, aggregates);
  }

  @Override
  public void process(int input, Batch batch) {
    int count = batch.rowCount();
    Vector[] columns = new Vector[batch.columnCount()];
    Arrays.setAll(columns, batch::column);
    int[] keyOfRow = keys.locate(columns, count, context().clock().millis());
    KeyTable groups = KeyTable.of(spec.groupTypes());
    int[] groupOfRow = new int[count];
    groups.locate(groupColumns(columns), count, groupOfRow);
    aggregates.reserve(keys.limit(), groups.limit());
    int first = spec.keyTypes().size() + (spec.retracting() ? 1 : 0);
    aggregates.merge(
        Arrays.copyOfRange(columns, first, columns.length),
        Positions.list(count),
        keyOfRow,
        keys.noteGroups(keyOfRow, groupOfRow),
        count);
    keys.removeEmpty(keyOfRow);
    int[] all = Positions.list(groups.limit());
    List<Vector> out = new ArrayList<>(List.of(groups.keys(all, all.length)));
    if (spec.retracting()) {
      out.add(rowChanges(columns[first - 1], groupOfRow, all.length));
    }
    out.addAll(aggregates.takeState(all, all.length));
    emit(new Batch(all.length, out.toArray(new Vector[0])));
  }

  private Vector[] groupColumns(Vector[] columns) {
    Vector[] chosen = new Vector[spec.groupColumns().size()];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = columns[spec.groupColumns().get(i)];
    }
    return chosen;
  }

  private static LongVector rowChanges(Vector changes, int[] groupOfRow, int groups) {
    long[] values = ((LongVector) changes).values();
    long[] sums = new long[groups];
    for (int i = 0; i < groupOfRow.length; i++) {
      sums[groupOfRow[i]] += values[i];
    }
    return new LongVector(groups, sums, null);
  }

  @Override
  public void tick() {
    keys.sweep(context().clock().millis());
  }

  @Override
  public List<StateTable> state() {
    return List.of(keys);
  }
}
