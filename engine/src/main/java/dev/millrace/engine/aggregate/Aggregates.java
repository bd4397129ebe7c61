package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The aggregate calls of one operator, with what they know of all groups. Not thread-safe. */
public final class Aggregates {
  private final List<AggregateCall> calls;
  private final Accumulator[] accumulators;
  private final int stateColumns;

  /** Whether all can tell results between the rows that they add. */
  private final boolean runs;

  private int limit;

  /** Throws {@code UnsupportedException} that names every function which is not there. */
  public Aggregates(List<AggregateCall> calls) {
    this.calls = calls;
    this.accumulators = AggregateFunctions.create(calls);
    this.stateColumns = stateTypes().size();
    this.runs = IntStream.range(0, calls.size()).allMatch(this::runs);
  }

  /** Makes room for groups with numbers less than {@code newLimit}. */
  public void reserve(int newLimit) {
    if (newLimit > limit) {
      limit = KeyTable.capacity(newLimit);
      for (Accumulator accumulator : accumulators) {
        accumulator.reserve(limit);
      }
    }
  }

  /** Forgets a group. */
  public void clear(int group) {
    for (Accumulator accumulator : accumulators) {
      accumulator.clear(group);
    }
  }

  /** Adds rows of a batch of the operator's input, or takes them back. */
  public void add(Batch batch, GroupedRows rows) {
    for (int i = 0; i < accumulators.length; i++) {
      AggregateCall call = calls.get(i);
      Vector[] arguments = new Vector[call.arguments().size()];
      for (int j = 0; j < arguments.length; j++) {
        arguments[j] = batch.column(call.arguments().get(j));
      }
      accumulators[i].add(
          arguments,
          call.filter() < 0 ? rows : rows.where((BooleanVector) batch.column(call.filter())));
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
    return state;
  }

  /** Adds the rows {@code rows[i]} of state columns to the groups {@code groups[i]}. */
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    int next = 0;
    for (Accumulator accumulator : accumulators) {
      int columns = accumulator.stateTypes().size();
      accumulator.merge(Arrays.copyOfRange(state, next, next + columns), rows, groups, count);
      next += columns;
    }
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
    long bytes = 0;
    for (Accumulator accumulator : accumulators) {
      bytes += accumulator.bytes();
    }
    return bytes;
  }
}
