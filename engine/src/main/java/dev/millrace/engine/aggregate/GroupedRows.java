package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.BooleanVector;

/**
 * Rows of a batch with the group that each belongs to, in the order in which they count. The arrays
 * may be longer than {@code count}.
 *
 * @param count how many rows there are
 * @param rows their positions in the batch
 * @param groups the number of each row's group
 * @param retracts whether each row is taken back instead of added; null if all are added
 */
public record GroupedRows(int count, int[] rows, int[] groups, boolean[] retracts) {
  /** Whether the row at {@code i} is taken back. */
  public boolean isRetract(int i) {
    return retracts != null && retracts[i];
  }

  /** Those of the rows where {@code filter} is TRUE. */
  GroupedRows where(BooleanVector filter) {
    boolean[] values = filter.values();
    boolean[] kept = new boolean[count];
    for (int i = 0; i < count; i++) {
      kept[i] = values[rows[i]] && !filter.isNull(rows[i]);
    }
    return where(kept);
  }

  /** Those of the rows where {@code nulls}, which may be null, is false. */
  GroupedRows whereNotNull(boolean[] nulls) {
    if (nulls == null) {
      return this;
    }
    boolean[] kept = new boolean[count];
    for (int i = 0; i < count; i++) {
      kept[i] = !nulls[rows[i]];
    }
    return where(kept);
  }

  /** Those of the rows that are {@code kept}. */
  GroupedRows where(boolean[] kept) {
    int[] keptRows = new int[count];
    int[] keptGroups = new int[count];
    boolean[] keptRetracts = retracts == null ? null : new boolean[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (kept[i]) {
        keptRows[n] = rows[i];
        keptGroups[n] = groups[i];
        if (keptRetracts != null) {
          keptRetracts[n] = retracts[i];
        }
        n++;
      }
    }
    return new GroupedRows(n, keptRows, keptGroups, keptRetracts);
  }

  /** The rows with other groups: {@code other[g]} for {@code g}. */
  GroupedRows inGroups(int[] other) {
    int[] others = new int[count];
    for (int i = 0; i < count; i++) {
      others[i] = other[groups[i]];
    }
    return new GroupedRows(count, rows, others, retracts);
  }
}
