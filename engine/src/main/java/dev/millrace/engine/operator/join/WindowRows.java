package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.type.DataType.Field;
import java.util.Arrays;

/** The rows of one input in one window, in the order in which they came, chained by key. */
final class WindowRows implements InsertJoin.Kept {
  static final int NONE = -1;

  private final boolean preserved;
  private final RowStore store;
  private int count;
  private int[] addresses = {};
  private int[] keyOfRow = {};

  /** By row the next one of its chain, plus one. */
  private int[] next = {};

  /** By key the first row of its chain, plus one. */
  private int[] first = {};

  private boolean[] matched = {};

  WindowRows(JoinSpec spec, int input) {
    this.preserved = spec.type().preserves(input);
    this.store = new RowStore(spec.row(input).children().stream().map(Field::type).toList());
  }

  /** Adds rows, some of them perhaps without a key. */
  void add(Vector[] columns, int[] keys, int keyLimit) {
    int rows = keys.length;
    int[] added = new int[rows];
    store.add(columns, rows, added);
    reserve(rows, keyLimit);
    System.arraycopy(added, 0, addresses, count, rows);
    System.arraycopy(keys, 0, keyOfRow, count, rows);
    for (int i = 0; i < rows; i++) {
      int row = count++;
      if (keys[i] != KeyTable.NONE) {
        next[row] = first[keys[i]];
        first[keys[i]] = row + 1;
      }
    }
  }

  private void reserve(int more, int keyLimit) {
    int needed = count + more;
    if (addresses.length < needed) {
      int capacity = KeyTable.capacity(needed);
      addresses = Arrays.copyOf(addresses, capacity);
      keyOfRow = Arrays.copyOf(keyOfRow, capacity);
      next = Arrays.copyOf(next, capacity);
      matched = preserved ? Arrays.copyOf(matched, capacity) : matched;
    }
    if (first.length < keyLimit) {
      first = Arrays.copyOf(first, KeyTable.capacity(keyLimit));
    }
  }

  /** Bytes of memory that are taken. */
  long bytes() {
    return store.bytes()
        + 3L * Integer.BYTES * addresses.length
        + (long) Integer.BYTES * first.length
        + matched.length;
  }

  int count() {
    return count;
  }

  /** The key of a row, or {@link KeyTable#NONE}. */
  int key(int row) {
    return keyOfRow[row];
  }

  /** The first row of a key's chain, or {@link #NONE}. */
  int first(int key) {
    return key == KeyTable.NONE || key >= first.length ? NONE : first[key] - 1;
  }

  /** The row after this one in its chain, or {@link #NONE}. */
  int next(int row) {
    return next[row] - 1;
  }

  boolean isMatched(int row) {
    return matched[row];
  }

  @Override
  public Vector[] rows(int[] rows, int n) {
    int[] found = new int[n];
    for (int i = 0; i < n; i++) {
      found[i] = addresses[rows[i]];
    }
    return store.get(found, n);
  }

  @Override
  public void mark(Pairs matches) {
    if (preserved) {
      int[] rows = matches.slots();
      int[] indexes = matches.indexes();
      for (int i = 0; i < matches.count(); i++) {
        matched[rows[indexes[i]]] = true;
      }
    }
  }
}
