package dev.millrace.connectors.jdbc;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows that are not written yet: without a key all of them in their order, with a key the last
 * change of each. Batches are kept as they came. Not thread-safe.
 */
final class PendingRows {
  /** What is done with a row. */
  @FunctionalInterface
  interface Action {
    void accept(Batch batch, int row) throws SQLException;
  }

  private final int[] key;
  private final List<DataType> keyTypes;
  private final List<Batch> batches = new ArrayList<>();
  private int taken;

  /** The changed keys, and by their numbers the place of each one's last change. */
  private KeyTable keys;

  private int[] lastBatch = new int[64];
  private int[] lastRow = new int[64];
  private int[] numbers = new int[0];

  PendingRows(JdbcTable table) {
    this.key = table.key();
    this.keyTypes = Arrays.stream(key).mapToObj(table.schema()::child).toList();
    clear();
  }

  void add(Batch batch) {
    batches.add(batch);
    taken += batch.rowCount();
    if (key.length > 0) {
      reduce(batch);
    }
  }

  private void reduce(Batch batch) {
    int count = batch.rowCount();
    if (numbers.length < count) {
      numbers = new int[count];
    }
    Vector[] columns = Arrays.stream(key).mapToObj(batch::column).toArray(Vector[]::new);
    keys.locate(columns, count, numbers);
    if (lastRow.length < keys.limit()) {
      lastBatch = Arrays.copyOf(lastBatch, KeyTable.capacity(keys.limit()));
      lastRow = Arrays.copyOf(lastRow, lastBatch.length);
    }
    for (int row = 0; row < count; row++) {
      lastBatch[numbers[row]] = batches.size() - 1;
      lastRow[numbers[row]] = row;
    }
  }

  /** The number of changes added, all of them counted. */
  int taken() {
    return taken;
  }

  void clear() {
    batches.clear();
    taken = 0;
    keys = key.length > 0 ? KeyTable.of(keyTypes) : null;
  }

  /** The rows that are to be gone. Different keys may go in any order. */
  void forEachDeletion(Action action) throws SQLException {
    forEachLast(true, action);
  }

  /** The rows that are to be there. */
  void forEachInsert(Action action) throws SQLException {
    if (keys != null) {
      forEachLast(false, action);
      return;
    }
    for (Batch batch : batches) {
      for (int row = 0; row < batch.rowCount(); row++) {
        action.accept(batch, row);
      }
    }
  }

  private void forEachLast(boolean deletions, Action action) throws SQLException {
    int count = keys == null ? 0 : keys.size();
    for (int number = 0; number < count; number++) {
      Batch batch = batches.get(lastBatch[number]);
      int row = lastRow[number];
      if (deletes(batch.rowKind(row)) == deletions) {
        action.accept(batch, row);
      }
    }
  }

  private static boolean deletes(RowKind kind) {
    return kind == RowKind.DELETE || kind == RowKind.UPDATE_BEFORE;
  }
}
