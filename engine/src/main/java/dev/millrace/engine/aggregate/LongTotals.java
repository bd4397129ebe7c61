package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.LongValues;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/**
 * Totals of integers, which wrap around in their type: 8 bytes per group. The low bits of a sum do
 * not depend on the higher ones, so that it is enough to narrow the result.
 */
final class LongTotals implements Totals {
  private final DataType type;
  private long[] totals = {};

  LongTotals(DataType type) {
    this.type = type;
  }

  long total(int group) {
    return totals[group];
  }

  @Override
  public DataType stateType() {
    return DataType.of(TypeRoot.BIGINT).withNullable(false);
  }

  @Override
  public void reserve(int limit) {
    totals = Arrays.copyOf(totals, limit);
  }

  @Override
  public void clear(int group) {
    totals[group] = 0;
  }

  @Override
  public void add(Vector vector, GroupedRows rows) {
    long[] values = NumericArrays.longs(vector, vector.size());
    boolean[] nulls = vector.nulls();
    long[] to = totals;
    int[] positions = rows.rows();
    int[] groups = rows.groups();
    for (int i = 0; i < rows.count(); i++) {
      int row = positions[i];
      if (nulls == null || !nulls[row]) {
        to[groups[i]] += rows.isRetract(i) ? -values[row] : values[row];
      }
    }
  }

  /** Adds the values and gives the total of its group after each row that is read. */
  Vector run(Vector vector, GroupedRows rows, boolean[] read) {
    long[] values = NumericArrays.longs(vector, vector.size());
    boolean[] nulls = vector.nulls();
    long[] to = totals;
    int[] positions = rows.rows();
    int[] groups = rows.groups();
    long[] results = new long[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int row = positions[i];
      if (nulls == null || !nulls[row]) {
        to[groups[i]] += rows.isRetract(i) ? -values[row] : values[row];
      }
      if (read[i]) {
        results[n++] = to[groups[i]];
      }
    }
    return LongValues.vector(type, Arrays.copyOf(results, n), null);
  }

  @Override
  public void merge(Vector state, int[] rows, int[] groups, int count) {
    long[] more = ((LongVector) state).values();
    for (int i = 0; i < count; i++) {
      totals[groups[i]] += more[rows[i]];
    }
  }

  @Override
  public LongVector state(int[] groups, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = totals[groups[i]];
    }
    return new LongVector(count, values, null);
  }

  @Override
  public Vector result(int[] groups, int count, boolean[] nulls) {
    return LongValues.vector(type, state(groups, count).values(), nulls);
  }

  @Override
  public long bytes() {
    return (long) Long.BYTES * totals.length;
  }
}
