package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The aggregate calls of one operator, with what they know of all groups. Not thread-safe.
 *
 * <p>A group as a row of state: the state of each call's function in turn, then per set of
 * arguments of DISTINCT calls a MAP of them.
 */
public final class Aggregates {
  private final List<AggregateCall> calls;

  /** The calls' functions, without their DISTINCT. */
  private final Accumulator[] accumulators;

  private final List<DistinctCalls> distinct;
  private final DistinctKeys seen = new DistinctKeys();
  private final int stateColumns;

  /** Whether all can tell results between the rows that they add. */
  private final boolean runs;

  private int limit;

  /** Throws {@code UnsupportedException} that names every function which is not there. */
  public Aggregates(List<AggregateCall> calls) {
    this.calls = calls;
    this.accumulators = AggregateFunctions.create(calls);
    this.distinct = DistinctCalls.of(calls);
    this.stateColumns = stateTypes().size();
    this.runs = IntStream.range(0, calls.size()).allMatch(this::runs);
  }

  /** Whether a row that is added never leaves its group's results as they were: one counts it. */
  public boolean changeWithEveryRow() {
    return calls.stream()
        .anyMatch(
            call ->
                call.function().equals("COUNT")
                    && call.arguments().isEmpty()
                    && call.filter() < 0
                    && !call.distinct());
  }

  /** Makes room for groups with numbers less than {@code newLimit}. */
  public void reserve(int newLimit) {
    if (newLimit > limit) {
      limit = KeyTable.capacity(newLimit);
      for (Accumulator accumulator : accumulators) {
        accumulator.reserve(limit);
      }
      for (DistinctCalls set : distinct) {
        set.values().reserve(limit);
      }
    }
  }

  /** Forgets a group. */
  public void clear(int group) {
    for (Accumulator accumulator : accumulators) {
      accumulator.clear(group);
    }
    for (DistinctCalls set : distinct) {
      set.values().clear(group);
    }
  }

  /** Adds rows of a batch of the operator's input, or takes them back. */
  public void add(Batch batch, GroupedRows rows) {
    for (int i = 0; i < accumulators.length; i++) {
      AggregateCall call = calls.get(i);
      if (!call.distinct()) {
        GroupedRows counting =
            call.filter() < 0 ? rows : rows.where((BooleanVector) batch.column(call.filter()));
        accumulators[i].add(call.arguments(batch), counting);
      }
    }
    for (DistinctCalls set : distinct) {
      set.add(batch, rows, accumulators);
    }
  }

  /**
   * Like {@link #add}; gives each call's results for a row's group after each row where {@code
   * read} is true, in their order. There is at least one row.
   */
  public Vector[] run(Batch batch, GroupedRows rows, boolean[] read) {
    if (!runs) {
      return new Rounds(rows, read).run(this, batch);
    }
    Vector[] results = new Vector[accumulators.length];
    for (int i = 0; i < results.length; i++) {
      Vector[] arguments = new Vector[calls.get(i).arguments().size()];
      for (int j = 0; j < arguments.length; j++) {
        arguments[j] = batch.column(calls.get(i).arguments().get(j));
      }
      results[i] = ((RunningAccumulator) accumulators[i]).run(arguments, rows, read);
    }
    return results;
  }

  private boolean runs(int call) {
    return calls.get(call).filter() < 0
        && !calls.get(call).distinct()
        && accumulators[call] instanceof RunningAccumulator running
        && running.runs();
  }

  /** The types of the columns that hold all that is known of a group. */
  public List<DataType> stateTypes() {
    List<DataType> types = new ArrayList<>();
    for (Accumulator accumulator : accumulators) {
      types.addAll(accumulator.stateTypes());
    }
    for (DistinctCalls set : distinct) {
      types.add(set.values().stateType());
    }
    return types;
  }

  /** What is known of each group, a vector per state type. */
  public Vector[] state(int[] groups, int count) {
    Vector[] state = new Vector[stateColumns];
    int next = 0;
    for (Accumulator accumulator : accumulators) {
      for (Vector column : accumulator.state(groups, count)) {
        state[next++] = column;
      }
    }
    for (DistinctCalls set : distinct) {
      state[next++] = set.values().state(groups, count);
    }
    return state;
  }

  /** Adds the rows {@code rows[i]} of state columns to the groups {@code groups[i]}. */
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    GroupedRows all = new GroupedRows(count, rows, groups, null);
    int next = 0;
    for (int i = 0; i < accumulators.length; i++) {
      int columns = accumulators[i].stateTypes().size();
      if (!calls.get(i).distinct()) {
        merge(accumulators[i], Arrays.copyOfRange(state, next, next + columns), all);
      }
      next += columns;
    }
    for (DistinctCalls set : distinct) {
      merge(set, state, (MapVector) state[next++], all);
    }
  }

  private static void merge(Accumulator accumulator, Vector[] state, GroupedRows rows) {
    accumulator.merge(state, rows.rows(), rows.groups(), rows.count());
  }

  /**
   * What comes first to a group is taken as it is, so that a restored group's result has the bits
   * that it had; of what comes later the functions get the values that are new.
   */
  private void merge(DistinctCalls set, Vector[] state, MapVector maps, GroupedRows rows) {
    boolean[] chosen = firstInEmpty(rows, set.values());
    GroupedRows first = rows.where(chosen);
    set.values().merge(maps, first.rows(), first.groups(), first.count());
    int next = 0;
    for (int i = 0; i < accumulators.length; i++) {
      int columns = accumulators[i].stateTypes().size();
      if (set.contains(i)) {
        merge(accumulators[i], Arrays.copyOfRange(state, next, next + columns), first);
      }
      next += columns;
    }
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = !chosen[i];
    }
    GroupedRows later = rows.where(chosen);
    set.merge(maps, later.rows(), later.groups(), later.count(), accumulators);
  }

  /** Which rows are their group's first, of a group that knows of no value. */
  private boolean[] firstInEmpty(GroupedRows rows, DistinctValues values) {
    int[] groups = Arrays.copyOf(rows.groups(), rows.count());
    seen.find(groups, limit);
    boolean[] first = new boolean[groups.length];
    int known = 0;
    for (int i = 0; i < groups.length; i++) {
      if (seen.indexOf(groups[i]) == known) {
        known++;
        first[i] = values.isEmpty(groups[i]);
      }
    }
    return first;
  }

  /** The result of each call for each group. */
  public Vector[] results(int[] groups, int count) {
    Vector[] results = new Vector[accumulators.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = accumulators[i].result(groups, count);
    }
    return results;
  }

  /** Bytes of memory that are taken. */
  public long bytes() {
    long bytes = seen.bytes();
    for (Accumulator accumulator : accumulators) {
      bytes += accumulator.bytes();
    }
    for (DistinctCalls set : distinct) {
      bytes += set.values().bytes();
    }
    return bytes;
  }
}
