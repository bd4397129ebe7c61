package dev.millrace.engine.operator.sink;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Finds which rows a key has after its changes. Rows are named by their position in a batch, and
 * numbered, so that equal ones have equal numbers.
 */
final class Conflicts {
  private final Batch changes;
  private final boolean hasUpsertKey;
  private final int[] rowNumbers;
  private final int[] identities;
  private int[] list = new int[16];
  private int[] rows = new int[16];

  /** {@code all} holds the changes and behind them other rows. */
  Conflicts(Batch changes, Batch all, List<Integer> upsertKey, List<DataType> types) {
    this.changes = changes;
    this.hasUpsertKey = !upsertKey.isEmpty();
    Vector[] columns = new Vector[types.size()];
    Arrays.setAll(columns, all::column);
    this.rowNumbers = numbers(types, columns, all.rowCount());
    this.identities =
        hasUpsertKey
            ? numbers(
                upsertKey.stream().map(types::get).toList(),
                upsertKey.stream().map(all::column).toArray(Vector[]::new),
                all.rowCount())
            : rowNumbers;
  }

  private static int[] numbers(List<DataType> types, Vector[] columns, int count) {
    int[] numbers = new int[count];
    KeyTable.of(types).locate(columns, count, numbers);
    return numbers;
  }

  boolean areEqual(int one, int other) {
    return rowNumbers[one] == rowNumbers[other];
  }

  /** The first of the rows that were left over last. */
  int first() {
    return rows[0];
  }

  /** Applies changes to a row, -1 for none; returns how many rows are left. */
  int apply(int before, int[] changesOfKey) {
    int listed = cancelled(changesOfKey);
    if (rows.length <= listed) {
      rows = new int[2 * listed + 1];
    }
    int count = 0;
    if (before >= 0) {
      rows[count++] = before;
    }
    for (int i = 0; i < listed; i++) {
      int change = list[i];
      boolean added = isAdded(change);
      int place = added && !hasUpsertKey ? -1 : place(change, count);
      if (added && place < 0) {
        rows[count++] = change;
      } else if (added) {
        rows[place] = change;
      } else if (place >= 0) {
        System.arraycopy(rows, place + 1, rows, place, --count - place);
      }
    }
    return count;
  }

  /** Leaves in the list what is not undone by an opposite change of an equal row. */
  private int cancelled(int[] changesOfKey) {
    if (list.length < changesOfKey.length) {
      list = new int[2 * changesOfKey.length];
    }
    int count = 0;
    for (int change : changesOfKey) {
      int opposite = opposite(change, count);
      if (opposite < 0) {
        list[count++] = change;
      } else {
        System.arraycopy(list, opposite + 1, list, opposite, --count - opposite);
      }
    }
    return count;
  }

  private int opposite(int change, int count) {
    for (int i = 0; i < count; i++) {
      if (areEqual(list[i], change) && isAdded(list[i]) != isAdded(change)) {
        return i;
      }
    }
    return -1;
  }

  private int place(int change, int count) {
    for (int i = 0; i < count; i++) {
      if (identities[rows[i]] == identities[change]) {
        return i;
      }
    }
    return -1;
  }

  private boolean isAdded(int change) {
    RowKind kind = changes.rowKind(change);
    return kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
  }
}
