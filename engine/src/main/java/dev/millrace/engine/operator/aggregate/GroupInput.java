package dev.millrace.engine.operator.aggregate;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.aggregate.GroupedRows;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;

/** What the rows of an aggregate's input stand for. */
public sealed interface GroupInput {
  /** By how many each row of the batch changes the number of its group's rows. */
  long[] changes(Batch batch);

  /** Adds the rows to their groups. */
  void add(Batch batch, int[] rows, int[] groups, int count, Aggregates aggregates);

  /** Each row is one to aggregate, to be added or, by its kind, taken back. */
  record Rows() implements GroupInput {
    @Override
    public long[] changes(Batch batch) {
      long[] changes = new long[batch.rowCount()];
      for (int i = 0; i < changes.length; i++) {
        changes[i] = isRetract(batch, i) ? -1 : 1;
      }
      return changes;
    }

    @Override
    public void add(Batch batch, int[] rows, int[] groups, int count, Aggregates aggregates) {
      boolean[] retracts = batch.rowKinds() == null ? null : new boolean[count];
      for (int i = 0; retracts != null && i < count; i++) {
        retracts[i] = isRetract(batch, rows[i]);
      }
      aggregates.add(batch, new GroupedRows(count, rows, groups, retracts));
    }

    private static boolean isRetract(Batch batch, int row) {
      RowKind kind = batch.rowKind(row);
      return kind == RowKind.UPDATE_BEFORE || kind == RowKind.DELETE;
    }
  }

  /**
   * Each row holds what a local aggregate knows of some rows of a group: after the key the change
   * of their number, if rows can be taken back, then the state columns.
   *
   * @param keyColumns how many columns the key has
   * @param counted whether the number of rows is there
   */
  record Partials(int keyColumns, boolean counted) implements GroupInput {
    @Override
    public long[] changes(Batch batch) {
      return ((LongVector) batch.column(keyColumns)).values();
    }

    @Override
    public void add(Batch batch, int[] rows, int[] groups, int count, Aggregates aggregates) {
      int first = counted ? keyColumns + 1 : keyColumns;
      Vector[] state = new Vector[batch.columnCount() - first];
      for (int i = 0; i < state.length; i++) {
        state[i] = batch.column(first + i);
      }
      aggregates.merge(state, rows, groups, count);
    }
  }
}
