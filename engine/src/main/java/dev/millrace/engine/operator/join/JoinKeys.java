package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** The keys of both inputs of a join, numbered together. */
final class JoinKeys {
  private final KeyTable table;
  private final JoinSpec spec;

  JoinKeys(JoinSpec spec) {
    this.spec = spec;
    this.table = KeyTable.of(spec.keyTypes());
  }

  /**
   * The key of each of the first {@code count} rows of an input; {@link KeyTable#NONE} for those
   * that can match nothing because of a null.
   */
  int[] locate(int input, Vector[] columns, int count) {
    Vector[] keys = keyColumns(spec, input, columns);
    int[] numbers = new int[count];
    int[] rows = withoutFilteredNulls(spec, keys, count);
    if (rows == null) {
      table.locate(keys, count, numbers);
      return numbers;
    }
    Positions some = Positions.of(rows, rows.length);
    int[] found = new int[rows.length];
    table.locate(taken(keys, some), rows.length, found);
    Arrays.fill(numbers, KeyTable.NONE);
    for (int i = 0; i < rows.length; i++) {
      numbers[rows[i]] = found[i];
    }
    return numbers;
  }

  static Vector[] keyColumns(JoinSpec spec, int input, Vector[] columns) {
    List<Integer> places = spec.keys(input);
    Vector[] keys = new Vector[places.size()];
    Arrays.setAll(keys, i -> columns[places.get(i)]);
    return keys;
  }

  /** The first {@code count} of {@code rows}, which are ascending, out of so many. */
  /** The first {@code count} rows, without those that have no key. */
  static int[] rowsWithKey(int[] keyOfRow, int count) {
    int[] rows = new int[count];
    int n = 0;
    for (int row = 0; row < count; row++) {
      if (keyOfRow[row] != KeyTable.NONE) {
        rows[n++] = row;
      }
    }
    return n == count ? rows : Arrays.copyOf(rows, n);
  }

  static Positions some(int[] rows, int count, int outOf) {
    return count == outOf ? Positions.all(count) : Positions.of(rows, count);
  }

  static Vector[] taken(Vector[] columns, Positions rows) {
    Vector[] taken = new Vector[columns.length];
    Arrays.setAll(taken, i -> rows.take(columns[i]));
    return taken;
  }

  /** The rows whose keys can match something; null if all can. */
  static int[] withoutFilteredNulls(JoinSpec spec, Vector[] keys, int count) {
    boolean[] filtered = null;
    for (int i = 0; i < keys.length; i++) {
      boolean[] nulls = keys[i].nulls();
      if (nulls != null && spec.filterNulls().get(i)) {
        filtered = filtered == null ? new boolean[count] : filtered;
        for (int row = 0; row < count; row++) {
          filtered[row] |= nulls[row];
        }
      }
    }
    if (filtered == null) {
      return null;
    }
    int[] rows = new int[count];
    int n = 0;
    for (int row = 0; row < count; row++) {
      if (!filtered[row]) {
        rows[n++] = row;
      }
    }
    return Arrays.copyOf(rows, n);
  }

  /** Forgets those of the keys that are unused; a key may be listed more than once. */
  void removeIf(int[] touched, IntPredicate isUnused) {
    int[] unused = new int[touched.length];
    int count = 0;
    for (int key : touched) {
      if (key != KeyTable.NONE && isUnused.test(key)) {
        unused[count++] = key;
      }
    }
    Arrays.sort(unused, 0, count);
    for (int i = 0; i < count; i++) {
      if (i == 0 || unused[i] != unused[i - 1]) {
        table.remove(unused[i]);
      }
    }
  }

  int limit() {
    return table.limit();
  }

  /** Bytes of memory that are taken. */
  long bytes() {
    return table.bytes();
  }

  int[] numbers() {
    return table.numbers();
  }
}
