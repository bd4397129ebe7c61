package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.LongValues;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/** MIN or MAX of values that fit into 64 bits and are never taken back: 9 bytes per group. */
final class LongExtremum implements RunningAccumulator {
  private final DataType type;
  private final boolean max;
  private final Presence.Seen seen = new Presence.Seen();
  private long[] extrema = {};

  LongExtremum(DataType type, boolean max) {
    this.type = type;
    this.max = max;
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(type.withNullable(true));
  }

  @Override
  public void reserve(int limit) {
    int from = extrema.length;
    extrema = Arrays.copyOf(extrema, limit);
    Arrays.fill(extrema, from, limit, worst());
    seen.reserve(limit);
  }

  private long worst() {
    return max ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  @Override
  public void clear(int group) {
    extrema[group] = worst();
    seen.clear(group);
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    add(arguments[0], rows.rows(), rows.groups(), rows.count());
    seen.add(arguments[0].nulls(), rows);
  }

  private void add(Vector vector, int[] rows, int[] groups, int count) {
    long[] values = LongValues.of(vector, vector.size());
    boolean[] nulls = vector.nulls();
    long[] to = extrema;
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      if (nulls == null || !nulls[row]) {
        int group = groups[i];
        to[group] = max ? Math.max(to[group], values[row]) : Math.min(to[group], values[row]);
      }
    }
  }

  @Override
  public Vector run(Vector[] arguments, GroupedRows rows, boolean[] read) {
    long[] values = LongValues.of(arguments[0], arguments[0].size());
    boolean[] nulls = arguments[0].nulls();
    long[] to = extrema;
    int[] groups = rows.groups();
    long[] results = new long[rows.count()];
    boolean[] none = new boolean[rows.count()];
    int n = 0;
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.rows()[i];
      int group = groups[i];
      if (nulls == null || !nulls[row]) {
        to[group] = max ? Math.max(to[group], values[row]) : Math.min(to[group], values[row]);
        seen.add(group);
      }
      if (read[i]) {
        none[n] = !seen.has(group);
        results[n++] = to[group];
      }
    }
    return LongValues.vector(type, Arrays.copyOf(results, n), Arrays.copyOf(none, n));
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    add(state, new GroupedRows(count, rows, groups, null));
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    return new Vector[] {result(groups, count)};
  }

  @Override
  public Vector result(int[] groups, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = extrema[groups[i]];
    }
    return LongValues.vector(type, values, seen.nulls(groups, count));
  }

  @Override
  public long bytes() {
    return (long) Long.BYTES * extrema.length + seen.bytes();
  }
}
