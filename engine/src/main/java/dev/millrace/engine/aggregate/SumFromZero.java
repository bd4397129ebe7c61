package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** $SUM0: the total of a group's values, zero if there is none; the bytes of {@link Totals}. */
final class SumFromZero implements RunningAccumulator {
  private final Totals totals;

  SumFromZero(DataType argument, DataType type) {
    this.totals = Totals.of(argument, type, true);
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(totals.stateType());
  }

  @Override
  public void reserve(int limit) {
    totals.reserve(limit);
  }

  @Override
  public void clear(int group) {
    totals.clear(group);
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    totals.add(arguments[0], rows);
  }

  @Override
  public boolean runs() {
    return totals instanceof LongTotals;
  }

  @Override
  public Vector run(Vector[] arguments, GroupedRows rows, boolean[] read) {
    return ((LongTotals) totals).run(arguments[0], rows, read);
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    totals.merge(state[0], rows, groups, count);
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    return new Vector[] {totals.state(groups, count)};
  }

  @Override
  public Vector result(int[] groups, int count) {
    return totals.result(groups, count, null);
  }

  @Override
  public long bytes() {
    return totals.bytes();
  }
}
