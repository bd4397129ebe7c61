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
  /** The functions alone. */
  private final Accumulator[] functions;

  /** The arguments of each call that is DISTINCT; null for the others. */
  private final ValueCounts[] distinct;

  private int keyLimit;
  private int groupLimit;

  /** Throws {@code UnsupportedException} that names every function which is not there. */
  public IncrementalAggregates(List<AggregateCall> calls) {
    this.functions = AggregateFunctions.createPlain(calls);
    this.distinct = new ValueCounts[functions.length];
    for (int i = 0; i < distinct.length; i++) {
      if (calls.get(i).distinct()) {
        distinct[i] = new ValueCounts(calls.get(i).argumentTypes());
      }
    }
  }

  /** Makes room for keys and groups with numbers less than these. */
  public void reserve(int keys, int groups) {
    if (keys > keyLimit) {
      keyLimit = KeyTable.capacity(keys);
      for (ValueCounts values : distinct) {
        if (values != null) {
          values.reserve(keyLimit);
        }
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
    int[] groups = groupsOf(keys, groupOfKey, count);
    int next = 0;
    for (int i = 0; i < functions.length; i++) {
      int columns = functions[i].stateTypes().size();
      if (distinct[i] == null) {
        Vector[] own = Arrays.copyOfRange(state, next, next + columns);
        functions[i].merge(own, rows, groups, count);
        next += columns;
      } else {
        MapVector maps = (MapVector) state[next];
        GroupedRows changed = distinct[i].merge(maps, rows, keys, count);
        int[] changedGroups = groupsOf(changed.groups(), groupOfKey, changed.count());
        functions[i].add(
            distinct[i].columns(maps),
            new GroupedRows(changed.count(), changed.rows(), changedGroups, changed.retracts()));
        next += columns + 1;
      }
    }
  }

  private static int[] groupsOf(int[] keys, int[] groupOfKey, int count) {
    int[] groups = new int[count];
    for (int i = 0; i < count; i++) {
      groups[i] = groupOfKey[keys[i]];
    }
    return groups;
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
    for (ValueCounts values : distinct) {
      if (values != null && !values.isEmpty(key)) {
        return false;
      }
    }
    return true;
  }

  /** Forgets a key. */
  public void clear(int key) {
    for (ValueCounts values : distinct) {
      if (values != null) {
        values.clear(key);
      }
    }
  }

  /** The types of the columns that hold what is known of a key. */
  public List<DataType> keyStateTypes() {
    List<DataType> types = new ArrayList<>();
    for (ValueCounts values : distinct) {
      if (values != null) {
        types.add(values.stateType());
      }
    }
    return types;
  }

  /** What is known of each key. */
  public List<Vector> keyState(int[] keys, int count) {
    List<Vector> state = new ArrayList<>();
    for (ValueCounts values : distinct) {
      if (values != null) {
        state.add(values.state(keys, count));
      }
    }
    return state;
  }

  /** Brings back what was known of keys. */
  public void restore(List<Vector> state, int[] rows, int[] keys, int count) {
    int next = 0;
    for (ValueCounts values : distinct) {
      if (values != null) {
        values.merge((MapVector) state.get(next++), rows, keys, count);
      }
    }
  }
}
