package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.List;

/** MIN or MAX of values that can be taken back: the bytes of {@link OrderedCounts}. */
final class RetractableExtremum implements Accumulator {
  private final OrderedCounts values;
  private final boolean max;

  RetractableExtremum(DataType type, boolean max) {
    this.values = OrderedCounts.of(type.withNullable(false));
    this.max = max;
  }

  @Override
  public List<DataType> stateTypes() {
    DataType count = DataType.of(TypeRoot.BIGINT).withNullable(false);
    return List.of(DataType.map(values.type(), count).withNullable(false));
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
    Vector argument = arguments[0];
    values.load(argument);
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.rows()[i];
      if (!argument.isNull(row)) {
        values.add(rows.groups()[i], row, rows.isRetract(i) ? -1 : 1);
      }
    }
    values.unload();
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    values.merge((MapVector) state[0], rows, groups, count);
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    return new Vector[] {values.maps(groups, count)};
  }

  @Override
  public Vector result(int[] groups, int count) {
    return values.extrema(groups, count, max);
  }

  @Override
  public long bytes() {
    return values.bytes();
  }
}
