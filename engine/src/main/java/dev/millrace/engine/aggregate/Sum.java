package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * SUM: the total of a group's values, null if there is none. Per group the bytes of {@link Totals}
 * and 1, or 8 if values can be taken back.
 */
final class Sum implements Accumulator {
  private final Totals totals;
  private final Presence presence;

  Sum(DataType argument, DataType type, boolean retracting) {
    this.totals = Totals.of(argument, type, false);
    this.presence = Presence.of(retracting);
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(totals.stateType(), presence.stateType());
  }

  @Override
  public void reserve(int limit) {
    totals.reserve(limit);
    presence.reserve(limit);
  }

  @Override
  public void clear(int group) {
    totals.clear(group);
    presence.clear(group);
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    totals.add(arguments[0], rows);
    presence.add(arguments[0].nulls(), rows);
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    totals.merge(state[0], rows, groups, count);
    presence.merge(state[1], rows, groups, count);
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    return new Vector[] {totals.state(groups, count), presence.state(groups, count)};
  }

  @Override
  public Vector result(int[] groups, int count) {
    return totals.result(groups, count, presence.nulls(groups, count));
  }

  @Override
  public long bytes() {
    return totals.bytes() + presence.bytes();
  }
}
