package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Aggregate calls in two stages: by key, which keeps the arguments of DISTINCT calls, and by group,
 * which sums up what batches bring. Not thread-safe.
 */
public final class IncrementalAggregates {
  private final List<AggregateCall> calls;

  /** The calls' functions, without their DISTINCT. */
  private final Accumulator[] functions;

  private final List<DistinctCalls> distinct;
  private int keyLimit;
  private int groupLimit;

  /** Throws {@code UnsupportedException} that names every function which is not there. */
  public IncrementalAggregates(List<AggregateCall> calls) {
    this.calls = calls;
    this.functions = AggregateFunctions.create(calls);
    this.distinct = DistinctCalls.of(calls);
  }

  /** Makes room for keys and groups with numbers less than these. */
  public void reserve(int keys, int groups) {
    if (keys > keyLimit) {
      keyLimit = KeyTable.capacity(keys);
      for (DistinctCalls set : distinct) {
        set.values().reserve(keyLimit);
      }
    }
    if (groups > groupLimit) {
      groupLimit = KeyTable.capacity(groups);
      for (Accumulator function : functions) {
        function.reserve(groupLimit);
      }
    }
  }

  /**
   * Adds rows of state columns, as {@link Aggregates#state} gives them, to a key and a group each.
   *
   * @param groupOfKey the group that each key belongs to
   */
  public void merge(Vector[] state, int[] rows, int[] keys, int[] groupOfKey, int count) {
    GroupedRows inGroups = new GroupedRows(count, rows, keys, null).inGroups(groupOfKey);
    int next = 0;
    for (int i = 0; i < functions.length; i++) {
      int columns = functions[i].stateTypes().size();
      if (!calls.get(i).distinct()) {
        Vector[] own = Arrays.copyOfRange(state, next, next + columns);
        functions[i].merge(own, rows, inGroups.groups(), count);
      }
      next += columns;
    }
    for (DistinctCalls set : distinct) {
      set.merge((MapVector) state[next++], rows, keys, count, groupOfKey, functions);
    }
  }

  /** The types of the columns of {@link #takeState}. */
  public List<DataType> stateTypes() {
    List<DataType> types = new ArrayList<>();
    for (Accumulator function : functions) {
      types.addAll(function.stateTypes());
    }
    return types;
  }

  /** What is known of each group, which is then forgotten. */
  public List<Vector> takeState(int[] groups, int count) {
    List<Vector> state = new ArrayList<>();
    for (Accumulator function : functions) {
      state.addAll(List.of(function.state(groups, count)));
      for (int i = 0; i < count; i++) {
        function.clear(groups[i]);
      }
    }
    return state;
  }

  /** Whether nothing is known of a key. */
  public boolean isEmpty(int key) {
    return distinct.stream().allMatch(set -> set.values().isEmpty(key));
  }

  /** Forgets a key. */
  public void clear(int key) {
    distinct.forEach(set -> set.values().clear(key));
  }

  /** Bytes of memory that are taken. */
  public long bytes() {
    long bytes = 0;
    for (Accumulator function : functions) {
      bytes += function.bytes();
    }
    for (DistinctCalls set : distinct) {
      bytes += set.values().bytes();
    }
    return bytes;
  }

  /** The types of the columns that hold what is known of a key. */
  public List<DataType> keyStateTypes() {
    return distinct.stream().map(set -> set.values().stateType()).toList();
  }

  /** What is known of each key. */
  public List<Vector> keyState(int[] keys, int count) {
    List<Vector> state = new ArrayList<>();
    for (DistinctCalls set : distinct) {
      state.add(set.values().state(keys, count));
    }
    return state;
  }

  /** Brings back what was known of keys. */
  public void restore(List<Vector> state, int[] rows, int[] keys, int count) {
    for (int i = 0; i < distinct.size(); i++) {
      distinct.get(i).values().merge((MapVector) state.get(i), rows, keys, count);
    }
  }
}
