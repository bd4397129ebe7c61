package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;
import java.util.List;

/** COUNT(*), and COUNT of a column's values that are not null: 8 bytes per group. */
public final class Count implements RunningAccumulator {
  private final boolean ofValues;
  private long[] counts = {};

  /** {@code ofValues} says whether rows count only where the argument is not null. */
  public Count(boolean ofValues) {
    this.ofValues = ofValues;
  }

  /** How many rows each group has. */
  public long count(int group) {
    return counts[group];
  }

  /** Adds to a group's count. */
  void change(int group, long rows) {
    counts[group] += rows;
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(DataType.of(TypeRoot.BIGINT).withNullable(false));
  }

  @Override
  public void reserve(int limit) {
    counts = Arrays.copyOf(counts, limit);
  }

  @Override
  public void clear(int group) {
    counts[group] = 0;
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    add(ofValues ? arguments[0].nulls() : null, rows);
  }

  /** Adds the rows, or takes them back, where {@code nulls}, which may be null, says no. */
  void add(boolean[] nulls, GroupedRows rows) {
    int[] groups = rows.groups();
    if (nulls == null && rows.retracts() == null) {
      for (int i = 0; i < rows.count(); i++) {
        counts[groups[i]]++;
      }
      return;
    }
    for (int i = 0; i < rows.count(); i++) {
      if (nulls == null || !nulls[rows.rows()[i]]) {
        counts[groups[i]] += rows.isRetract(i) ? -1 : 1;
      }
    }
  }

  @Override
  public Vector run(Vector[] arguments, GroupedRows rows, boolean[] read) {
    boolean[] nulls = ofValues ? arguments[0].nulls() : null;
    long[] to = counts;
    int[] groups = rows.groups();
    long[] results = new long[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      if (nulls == null || !nulls[rows.rows()[i]]) {
        to[groups[i]] += rows.isRetract(i) ? -1 : 1;
      }
      if (read[i]) {
        results[n++] = to[groups[i]];
      }
    }
    return new LongVector(n, results, null);
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    long[] more = ((LongVector) state[0]).values();
    for (int i = 0; i < count; i++) {
      counts[groups[i]] += more[rows[i]];
    }
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    return new Vector[] {result(groups, count)};
  }

  @Override
  public LongVector result(int[] groups, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = counts[groups[i]];
    }
    return new LongVector(count, values, null);
  }

  @Override
  public long bytes() {
    return (long) Long.BYTES * counts.length;
  }
}
