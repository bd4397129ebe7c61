package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * FIRST_VALUE or LAST_VALUE of values that are not null and never taken back: the bytes of {@link
 * HeldValues}.
 */
final class FirstOrLast implements Accumulator {
  private final boolean last;
  private final HeldValues held;

  FirstOrLast(DataType type, boolean last) {
    this.last = last;
    this.held = new HeldValues(type);
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(held.type());
  }

  @Override
  public void reserve(int limit) {
    held.reserve(limit);
  }

  @Override
  public void clear(int group) {
    held.clear(group);
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    merge(arguments, rows.rows(), rows.groups(), rows.count());
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    int[] distinct = new int[count];
    int[] places = new int[count];
    int n = held.distinct(groups, count, distinct, places);
    int[] chosen = new int[n];
    boolean[] isChosen = new boolean[n];
    for (int i = 0; i < n; i++) {
      isChosen[i] = !last && held.has(distinct[i]);
    }
    int step = last ? -1 : 1;
    int[] newGroups = new int[n];
    int changed = 0;
    for (int i = last ? count - 1 : 0; i >= 0 && i < count; i += step) {
      if (!isChosen[places[i]] && !state[0].isNull(rows[i])) {
        isChosen[places[i]] = true;
        chosen[changed] = rows[i];
        newGroups[changed++] = groups[i];
      }
    }
    held.set(state[0], chosen, newGroups, changed);
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    return new Vector[] {result(groups, count)};
  }

  @Override
  public Vector result(int[] groups, int count) {
    return held.get(groups, count);
  }

  @Override
  public long bytes() {
    return held.bytes();
  }
}
