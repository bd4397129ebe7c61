package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * COLLECT: the multiset of a group's values that are not null: the bytes of {@link DistinctValues}.
 */
final class Collect implements Accumulator {
  private final DistinctValues values;

  Collect(DataType type) {
    this.values = new DistinctValues(List.of(type.withNullable(false)), 1, true);
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(values.stateType());
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
    GroupedRows present = rows.whereNotNull(arguments[0].nulls());
    long[] in = new long[present.count()];
    Arrays.fill(in, 1);
    values.add(arguments, present, in);
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    values.merge((MapVector) state[0], rows, groups, count);
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    return new Vector[] {values.state(groups, count)};
  }

  @Override
  public Vector result(int[] groups, int count) {
    return values.multisets(groups, count);
  }

  @Override
  public long bytes() {
    return values.bytes();
  }
}
