package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * ARRAY_AGG, and FIRST_VALUE and LAST_VALUE of values that can be taken back: the bytes of {@link
 * ValueLists}. State: the values that are there, and those that are owed.
 */
final class ListFunction implements Accumulator {
  /** What the result is made of. */
  enum Result {
    ALL,
    FIRST,
    LAST
  }

  private final ValueLists values;
  private final Result result;
  private final boolean ignoreNulls;

  ListFunction(DataType type, Result result, boolean ignoreNulls) {
    this.values = new ValueLists(type);
    this.result = result;
    this.ignoreNulls = ignoreNulls;
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(values.stateType(), values.stateType());
  }

  @Override
  public void reserve(int limit) {
    values.reserve(limit);
  }

  @Override
  public void clear(int group) {
    values.clear(group);
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    values.add(arguments[0], ignoreNulls ? rows.whereNotNull(arguments[0].nulls()) : rows);
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    values.merge((ArrayVector) state[0], rows, groups, count, false);
    values.merge((ArrayVector) state[1], rows, groups, count, true);
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    return new Vector[] {values.arrays(groups, count, false), values.arrays(groups, count, true)};
  }

  @Override
  public Vector result(int[] groups, int count) {
    if (result != Result.ALL) {
      return values.ends(groups, count, result == Result.LAST);
    }
    ArrayVector arrays = values.arrays(groups, count, false);
    return arrays.withNulls(empty(arrays, count));
  }

  /** Which of the arrays have no element. */
  static boolean[] empty(ArrayVector arrays, int count) {
    boolean[] empty = new boolean[count];
    for (int i = 0; i < count; i++) {
      empty[i] = arrays.lengths()[i] == 0;
    }
    return empty;
  }

  @Override
  public long bytes() {
    return values.bytes();
  }
}
