package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/** Totals of FLOAT values, rounded to a float at every step: 4 bytes per group. */
final class FloatTotals implements Totals {
  private final float zero;
  private float[] totals = {};

  /**
   * {@code zero} is what totals start from: 0.0, or -0.0, which leaves the first value as it is.
   */
  FloatTotals(float zero) {
    this.zero = zero;
  }

  @Override
  public DataType stateType() {
    return DataType.of(TypeRoot.FLOAT).withNullable(false);
  }

  @Override
  public void reserve(int limit) {
    int from = totals.length;
    totals = Arrays.copyOf(totals, limit);
    Arrays.fill(totals, from, limit, zero);
  }

  @Override
  public void clear(int group) {
    totals[group] = zero;
  }

  @Override
  public void add(Vector vector, GroupedRows rows) {
    float[] values = NumericArrays.floats(vector, vector.size());
    boolean[] nulls = vector.nulls();
    float[] to = totals;
    int[] positions = rows.rows();
    int[] groups = rows.groups();
    for (int i = 0; i < rows.count(); i++) {
      int row = positions[i];
      if (nulls == null || !nulls[row]) {
        to[groups[i]] += rows.isRetract(i) ? -values[row] : values[row];
      }
    }
  }

  @Override
  public void merge(Vector state, int[] rows, int[] groups, int count) {
    float[] more = ((FloatVector) state).values();
    for (int i = 0; i < count; i++) {
      totals[groups[i]] += more[rows[i]];
    }
  }

  @Override
  public Vector state(int[] groups, int count) {
    return result(groups, count, null);
  }

  @Override
  public FloatVector result(int[] groups, int count, boolean[] nulls) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = totals[groups[i]];
    }
    return new FloatVector(count, values, nulls);
  }

  @Override
  public long bytes() {
    return (long) Float.BYTES * totals.length;
  }
}
