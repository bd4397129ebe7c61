package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;
import java.util.List;

/**
 * The distinct values, of any types, of each group, each with its count, which may be below zero.
 * Per group 4 bytes; per distinct value 16 and those of its {@link KeyTable}. Not thread-safe.
 */
final class ValueCounts {
  private final GroupedValues values;
  private final GroupLists lists = new GroupLists();
  private long[] counts = new long[16];

  ValueCounts(List<DataType> types) {
    this.values = new GroupedValues(types);
  }

  /** A MAP from value to count. */
  DataType stateType() {
    DataType count = DataType.of(TypeRoot.BIGINT).withNullable(false);
    return DataType.map(values.valueType(), count).withNullable(false);
  }

  void reserve(int limit) {
    lists.reserve(limit);
  }

  boolean isEmpty(int group) {
    return lists.isEmpty(group);
  }

  void clear(int group) {
    while (!lists.isEmpty(group)) {
      remove(group, lists.first(group));
    }
  }

  private void remove(int group, int number) {
    lists.remove(group, number);
    counts[number] = 0;
    values.remove(number);
  }

  /**
   * Adds the changes, one by one, to the counts of the values at positions of the columns. Returns
   * those of the rows that came with the first of equal values, and as retracts those that went
   * with the last.
   */
  GroupedRows add(Vector[] columns, int[] positions, int[] groups, long[] changes, int count) {
    int[] numbers = values.locate(columns, positions, groups, count);
    if (counts.length < values.limit()) {
      counts = Arrays.copyOf(counts, KeyTable.capacity(values.limit()));
    }
    int[] rows = new int[count];
    int[] rowGroups = new int[count];
    boolean[] retracts = new boolean[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int number = numbers[i];
      if (!lists.has(number)) {
        lists.append(groups[i], number);
      }
      boolean before = counts[number] > 0;
      counts[number] += changes[i];
      if (before != counts[number] > 0) {
        rows[n] = positions[i];
        rowGroups[n] = groups[i];
        retracts[n++] = before;
      }
    }
    for (int i = 0; i < count; i++) {
      if (counts[numbers[i]] == 0 && lists.has(numbers[i])) {
        remove(groups[i], numbers[i]);
      }
    }
    return new GroupedRows(n, rows, rowGroups, retracts);
  }

  /** The columns of the values of maps of {@link #stateType}. */
  Vector[] columns(MapVector maps) {
    return values.columns(maps.keys());
  }

  /** Adds all counts of maps; returns as {@link #add} does rows of {@link #columns}. */
  GroupedRows merge(MapVector maps, int[] rows, int[] groups, int count) {
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += maps.lengths()[rows[i]];
    }
    int[] positions = new int[size];
    int[] entryGroups = new int[size];
    long[] changes = new long[size];
    long[] all = ((LongVector) maps.values()).values();
    int n = 0;
    for (int i = 0; i < count; i++) {
      int start = maps.starts()[rows[i]];
      for (int entry = start; entry < start + maps.lengths()[rows[i]]; entry++) {
        positions[n] = entry;
        entryGroups[n] = groups[i];
        changes[n++] = all[entry];
      }
    }
    return add(columns(maps), positions, entryGroups, changes, n);
  }

  /** Each group's values with their counts, BIGINT. */
  MapVector state(int[] groups, int count) {
    int[] lengths = new int[count];
    int[] numbers = numbers(groups, count, lengths);
    long[] numbersCounts = new long[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      numbersCounts[i] = counts[numbers[i]];
    }
    return maps(numbers, lengths, new LongVector(numbers.length, numbersCounts, null));
  }

  /** Each group's values with their counts, INT. */
  MapVector multisets(int[] groups, int count) {
    int[] lengths = new int[count];
    int[] numbers = numbers(groups, count, lengths);
    int[] numbersCounts = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      numbersCounts[i] = (int) counts[numbers[i]];
    }
    return maps(numbers, lengths, new IntVector(numbers.length, numbersCounts, null));
  }

  private MapVector maps(int[] numbers, int[] lengths, Vector entryCounts) {
    int[] starts = new int[lengths.length];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + lengths[i - 1];
    }
    Vector keys = values.values(numbers, numbers.length);
    return new MapVector(lengths.length, starts, lengths, keys, entryCounts, null);
  }

  /** The numbers of all values of the groups; leaves in {@code lengths} how many each has. */
  private int[] numbers(int[] groups, int count, int[] lengths) {
    int[] numbers = new int[16];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int start = n;
      int number = lists.first(groups[i]);
      while (number >= 0) {
        numbers = n == numbers.length ? Arrays.copyOf(numbers, 2 * n) : numbers;
        numbers[n++] = number;
        number = lists.after(groups[i], number);
      }
      lengths[i] = n - start;
    }
    return Arrays.copyOf(numbers, n);
  }

  long bytes() {
    return values.bytes() + lists.bytes() + (long) Long.BYTES * counts.length;
  }
}
