package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.ValueOrder;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * MIN or MAX of values that are never taken back: the bytes of {@link HeldValues}. A value replaces
 * the one before if the comparison operator says so, so that a NaN stays if it came first.
 */
final class Extremum implements Accumulator {
  private final ValueOrder order;
  private final boolean max;
  private final HeldValues extrema;

  Extremum(DataType type, boolean max) {
    this.order = ValueOrder.of(type);
    this.max = max;
    this.extrema = new HeldValues(type);
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(extrema.type());
  }

  @Override
  public void reserve(int limit) {
    extrema.reserve(limit);
  }

  @Override
  public void clear(int group) {
    extrema.clear(group);
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    merge(arguments, rows.rows(), rows.groups(), rows.count());
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    int[] distinct = new int[count];
    int[] places = new int[count];
    int n = extrema.distinct(groups, count, distinct, places);
    int[] best = best(state[0], rows, places, count, extrema.get(distinct, n), n);
    int changed = 0;
    for (int i = 0; i < n; i++) {
      if (best[i] >= 0) {
        distinct[changed] = distinct[i];
        best[changed++] = best[i];
      }
    }
    extrema.set(state[0], best, distinct, changed);
  }

  /** The row with each group's new extremum, or -1 if it stays. */
  private int[] best(
      Vector values, int[] rows, int[] places, int count, Vector current, int groups) {
    int[] best = new int[groups];
    Arrays.fill(best, -1);
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      if (!values.isNull(row)) {
        int place = places[i];
        boolean better =
            best[place] >= 0
                ? isBetter(values, row, values, best[place])
                : current.isNull(place) || isBetter(values, row, current, place);
        best[place] = better ? row : best[place];
      }
    }
    return best;
  }

  private boolean isBetter(Vector values, int position, Vector others, int other) {
    int sign = order.compare(values, position, others, other);
    return max ? sign > 0 : sign < 0;
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    return new Vector[] {result(groups, count)};
  }

  @Override
  public Vector result(int[] groups, int count) {
    return extrema.get(groups, count);
  }

  @Override
  public long bytes() {
    return extrema.bytes();
  }
}
