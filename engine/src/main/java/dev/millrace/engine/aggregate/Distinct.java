package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Another aggregate function that sees equal arguments once: it gets the first of them, and loses
 * it with the last. The bytes of {@link ValueCounts} and of the other function.
 */
final class Distinct implements Accumulator {
  private final ValueCounts values;
  private final Accumulator function;

  Distinct(List<DataType> arguments, Accumulator function) {
    this.values = new ValueCounts(arguments);
    this.function = function;
  }

  @Override
  public List<DataType> stateTypes() {
    List<DataType> types = new ArrayList<>(function.stateTypes());
    types.add(0, values.stateType());
    return types;
  }

  @Override
  public void reserve(int limit) {
    values.reserve(limit);
    function.reserve(limit);
  }

  @Override
  public void clear(int group) {
    values.clear(group);
    function.clear(group);
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    function.add(
        arguments, values.add(arguments, rows.rows(), rows.groups(), rows.changes(), rows.count()));
  }

  /**
   * What comes first to a group is taken as it is, so that a restored group's result has the bits
   * that it had; of what comes later the function gets the values that are new.
   */
  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    boolean[] fresh = fresh(groups, count);
    MapVector maps = (MapVector) state[0];
    GroupedRows first = chosen(rows, groups, count, fresh, true);
    values.merge(maps, first.rows(), first.groups(), first.count());
    Vector[] functionState = Arrays.copyOfRange(state, 1, state.length);
    function.merge(functionState, first.rows(), first.groups(), first.count());
    GroupedRows later = chosen(rows, groups, count, fresh, false);
    function.add(
        values.columns(maps), values.merge(maps, later.rows(), later.groups(), later.count()));
  }

  /** Which of the groups occur for the first time, and know of no value. */
  private boolean[] fresh(int[] groups, int count) {
    KeyTable seen = KeyTable.of(List.of(DataType.of(TypeRoot.INT)));
    int[] numbers = new int[count];
    seen.locate(new Vector[] {new IntVector(count, groups, null)}, count, numbers);
    boolean[] fresh = new boolean[count];
    int known = 0;
    for (int i = 0; i < count; i++) {
      if (numbers[i] == known) {
        known++;
        fresh[i] = values.isEmpty(groups[i]);
      }
    }
    return fresh;
  }

  private static GroupedRows chosen(
      int[] rows, int[] groups, int count, boolean[] chosen, boolean wanted) {
    int[] someRows = new int[count];
    int[] someGroups = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (chosen[i] == wanted) {
        someRows[n] = rows[i];
        someGroups[n++] = groups[i];
      }
    }
    return new GroupedRows(n, someRows, someGroups, null);
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    Vector[] functionState = function.state(groups, count);
    Vector[] state = new Vector[functionState.length + 1];
    state[0] = values.state(groups, count);
    System.arraycopy(functionState, 0, state, 1, functionState.length);
    return state;
  }

  @Override
  public Vector result(int[] groups, int count) {
    return function.result(groups, count);
  }

  @Override
  public long bytes() {
    return values.bytes() + function.bytes();
  }
}
