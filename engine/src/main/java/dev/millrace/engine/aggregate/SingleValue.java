package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * SINGLE_VALUE: the value of a group's only row, as of a subquery; the job fails when there is
 * another. 8 bytes per group and those of {@link HeldValues}.
 */
final class SingleValue implements Accumulator {
  private final HeldValues held;
  private final Count count = new Count(false);

  SingleValue(DataType type) {
    this.held = new HeldValues(type);
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(held.type(), count.stateTypes().get(0));
  }

  @Override
  public void reserve(int limit) {
    held.reserve(limit);
    count.reserve(limit);
  }

  @Override
  public void clear(int group) {
    held.clear(group);
    count.clear(group);
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    for (int i = 0; i < rows.count(); i++) {
      change(rows.groups()[i], rows.isRetract(i) ? -1 : 1, arguments[0], rows.rows()[i]);
    }
  }

  private void change(int group, long rows, Vector vector, int position) {
    count.change(group, rows);
    if (count.count(group) > 1) {
      throw MillraceException.job(
          "a subquery that must have one row has more;"
              + " give it a LIMIT 1 or an aggregate function such as MAX");
    }
    held.clear(group);
    if (rows > 0 && !vector.isNull(position)) {
      held.set(vector, new int[] {position}, new int[] {group}, 1);
    }
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int size) {
    long[] counts = ((LongVector) state[1]).values();
    for (int i = 0; i < size; i++) {
      change(groups[i], counts[rows[i]], state[0], rows[i]);
    }
  }

  @Override
  public Vector[] state(int[] groups, int size) {
    return new Vector[] {result(groups, size), count.result(groups, size)};
  }

  @Override
  public Vector result(int[] groups, int size) {
    return held.get(groups, size);
  }

  @Override
  public long bytes() {
    return held.bytes() + count.bytes();
  }
}
