package dev.millrace.engine.operator.aggregate;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Changelog;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.Sameness;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * GROUP BY without a window: keeps the aggregates of each key and emits how they change, one change
 * per key and batch.
 *
 * <p>A key's row appears with its first input row, is updated when a batch changed its results, and
 * is deleted when all its input rows have been taken back. A row to be taken back from a key that
 * has none is passed over, as in Flink.
 *
 * <p>Memory per key: that of the {@link KeyTable} (about 16 bytes for a BIGINT), that of each
 * accumulator (8 for COUNT), 5 for its marks, 8 more if rows can be taken back, 8 more with a time
 * to live. COUNT by BIGINT takes about 32 bytes a key ({@code millrace bench state}).
 */
public final class GroupAggregate extends ForwardingOperator {
  /**
   * What to do.
   *
   * @param keyColumns the columns of the input to group by
   * @param keyTypes their types
   * @param resultTypes the types of the aggregates' results
   * @param partials whether the input is that of a {@link LocalGroupAggregate}
   * @param retracting whether input rows can be taken back
   * @param updateBefore whether {@code -U} rows are wanted
   * @param ttlMillis how long a key is kept after it was written; 0 for ever
   */
  public record Spec(
      List<Integer> keyColumns,
      List<DataType> keyTypes,
      List<DataType> resultTypes,
      boolean partials,
      boolean retracting,
      boolean updateBefore,
      long ttlMillis) {}

  private final Spec spec;
  private final GroupInput input;
  private final Groups groups;
  private final DistinctKeys distinct;

  /** Whether results before a batch are emitted, or tell whether there is anything to emit. */
  private final boolean resultsMatter;

  public GroupAggregate(Spec spec, Aggregates aggregates) {
    this.spec = spec;
    this.groups = new Groups(spec, aggregates);
    this.distinct = groups.touched();
    this.resultsMatter =
        spec.updateBefore() || spec.retracting() || !aggregates.changeWithEveryRow();
    this.input =
        spec.partials()
            ? new GroupInput.Partials(spec.keyColumns().size(), spec.retracting())
            : new GroupInput.Rows();
  }

  @Override
  public void process(int ignored, Batch batch) {
    long now = context().clock().millis();
    int rows = batch.rowCount();
    int[] groupOfRow = new int[rows];
    Vector[] keys = keyColumns(batch);
    groups.locate(keys, rows, groupOfRow);
    int[] touched = distinct.find(groupOfRow, groups.limit());
    groups.forgetExpired(touched, now);
    boolean[] wasLive = groups.live(touched);
    Vector[] before = resultsMatter ? groups.results(touched) : null;
    groups.add(batch, input, groupOfRow);
    groups.write(touched, now);
    emitChanges(firstRows(keys, groupOfRow, touched.length), touched, wasLive, before);
    groups.removeDead(touched);
  }

  /** The keys of the groups that were touched, which the batch has at hand. */
  private Vector[] firstRows(Vector[] keys, int[] groupOfRow, int touched) {
    int[] first = new int[touched];
    int found = 0;
    for (int row = 0; found < touched; row++) {
      if (distinct.indexOf(groupOfRow[row]) == found) {
        first[found++] = row;
      }
    }
    Vector[] taken = new Vector[keys.length];
    for (int i = 0; i < taken.length; i++) {
      taken[i] = keys[i].take(first, touched);
    }
    return taken;
  }

  private Vector[] keyColumns(Batch batch) {
    Vector[] columns = new Vector[spec.keyColumns().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = batch.column(spec.keyColumns().get(i));
    }
    return columns;
  }

  /** {@code before} is null if the results before do not matter. */
  private void emitChanges(Vector[] keys, int[] touched, boolean[] wasLive, Vector[] before) {
    boolean[] isLive = groups.live(touched);
    Vector[] after = groups.results(touched);
    boolean[] differ = new boolean[touched.length];
    Arrays.fill(differ, before == null);
    for (int i = 0; before != null && i < after.length; i++) {
      Sameness.addDifferences(
          before[i], after[i], spec.resultTypes().get(i), touched.length, differ);
    }
    Changelog changes = new Changelog(touched.length, spec.updateBefore());
    for (int i = 0; i < touched.length; i++) {
      if (wasLive[i] && isLive[i]) {
        if (differ[i]) {
          changes.update(i);
        }
      } else if (wasLive[i]) {
        changes.delete(i);
      } else if (isLive[i]) {
        changes.insert(i);
      }
    }
    emit(changes.build(keys, before == null ? after : before, after));
  }

  @Override
  public void tick() {
    groups.sweep(context().clock().millis());
  }

  @Override
  public List<StateTable> state() {
    return List.of(groups);
  }
}
