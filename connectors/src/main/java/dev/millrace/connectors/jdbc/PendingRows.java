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
import java.util.Optional;

/**
 * Rows that are not written yet: without a key all of them in their order, with a key the last
 * change of each. Batches are kept as they came. Not thread-safe.
 */
final class PendingRows {
  /** A row of a batch, and the place of the change of the same key that came before it. */
  record Change(Batch batch, int row, long before) {
    boolean deletes() {
      RowKind kind = batch.rowKind(row);
      return kind == RowKind.DELETE || kind == RowKind.UPDATE_BEFORE;
    }
  }

  /** What is done with a change. */
  @FunctionalInterface
  interface Action {
    void accept(Change change) throws SQLException;
  }

  private static final long NONE = -1;

  private final int[] key;
  private final List<DataType> keyTypes;
  private final List<Batch> batches = new ArrayList<>();
  private int taken;

  /** The changed keys, and by their numbers the place of each one's last change. */
  private KeyTable keys;

  private long[] last = new long[64];
  private int[] numbers = new int[0];

  /** By a change's place, that of the one before it. */
  private final List<long[]> before = new ArrayList<>();

  PendingRows(JdbcTable table) {
    this.key = table.key();
    this.keyTypes = Arrays.stream(key).mapToObj(table.schema()::child).toList();
    clear();
  }

  void add(Batch batch) {
    batches.add(batch);
    taken += batch.rowCount();
    if (key.length > 0) {
      link(batch);
    }
  }

  private void link(Batch batch) {
    int count = batch.rowCount();
    if (numbers.length < count) {
      numbers = new int[count];
    }
    Vector[] columns = Arrays.stream(key).mapToObj(batch::column).toArray(Vector[]::new);
    keys.locate(columns, count, numbers);
    makeRoom(keys.limit());
    long[] earlier = new long[count];
    long first = (long) (batches.size() - 1) << Integer.SIZE;
    for (int row = 0; row < count; row++) {
      earlier[row] = last[numbers[row]];
      last[numbers[row]] = first | row;
    }
    before.add(earlier);
  }

  private void makeRoom(int numbersInUse) {
    int room = last.length;
    if (room < numbersInUse) {
      last = Arrays.copyOf(last, KeyTable.capacity(numbersInUse));
      Arrays.fill(last, room, last.length, NONE);
    }
  }

  /** The number of changes added, all of them counted. */
  int taken() {
    return taken;
  }

  void clear() {
    batches.clear();
    before.clear();
    taken = 0;
    keys = key.length > 0 ? KeyTable.of(keyTypes) : null;
    Arrays.fill(last, NONE);
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
        action.accept(new Change(batch, row, NONE));
      }
    }
  }

  private void forEachLast(boolean deletions, Action action) throws SQLException {
    int count = keys == null ? 0 : keys.size();
    for (int number = 0; number < count; number++) {
      Change change = at(last[number]);
      if (change.deletes() == deletions) {
        action.accept(change);
      }
    }
  }

  /** What holds for a change's key if the change is not taken. */
  Optional<Change> before(Change change) {
    return change.before() == NONE ? Optional.empty() : Optional.of(at(change.before()));
  }

  private Change at(long place) {
    int batch = (int) (place >> Integer.SIZE);
    int row = (int) place;
    return new Change(batches.get(batch), row, before.get(batch)[row]);
  }
}
