package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/** Totals of floating-point values as doubles: 8 bytes per group. */
final class DoubleTotals implements Totals {
  private final DataType argument;
  private final double zero;
  private double[] totals = {};

  /**
   * {@code zero} is what totals start from: 0.0, or -0.0, which leaves the first value as it is.
   */
  DoubleTotals(DataType argument, double zero) {
    this.argument = argument;
    this.zero = zero;
  }

  @Override
  public DataType stateType() {
    return DataType.of(TypeRoot.DOUBLE).withNullable(false);
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
    double[] values = NumericArrays.doubles(vector, argument, vector.size());
    boolean[] nulls = vector.nulls();
    double[] to = totals;
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
    double[] more = ((DoubleVector) state).values();
    for (int i = 0; i < count; i++) {
      totals[groups[i]] += more[rows[i]];
    }
  }

  @Override
  public Vector state(int[] groups, int count) {
    return result(groups, count, null);
  }

  @Override
  public DoubleVector result(int[] groups, int count, boolean[] nulls) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = totals[groups[i]];
    }
    return new DoubleVector(count, values, nulls);
  }

  @Override
  public long bytes() {
    return (long) Double.BYTES * totals.length;
  }
}
