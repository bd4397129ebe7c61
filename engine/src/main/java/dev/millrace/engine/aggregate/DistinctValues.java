package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.MapVector;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * The distinct values, of any types, of each group, seen in one or more ways: by calls that differ
 * in their FILTER. Not thread-safe.
 *
 * <p>Values that can be taken back have a count per way, which may be below zero; others a bit.
 *
 * <p>Per group 4 bytes; per distinct value 8, those of its {@link KeyTable}, and 8 for its bits or
 * for each of its counts.
 */
final class DistinctValues {
  /** More ways than this need another set. */
  static final int MAX_WAYS = Long.SIZE;

  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT).withNullable(false);

  private final GroupedValues values;
  private final GroupLists lists = new GroupLists();
  private final int ways;
  private final boolean counted;

  /** How many marks a value has: one with a bit per way, or a count per way. */
  private final int width;

  private long[] marks = {};

  DistinctValues(List<DataType> types, int ways, boolean counted) {
    this.values = new GroupedValues(types);
    this.ways = ways;
    this.counted = counted;
    this.width = counted ? ways : 1;
  }

  /** A MAP from value to its marks. */
  DataType stateType() {
    DataType ofValue = DataType.rowOf(Collections.nCopies(width, BIGINT)).withNullable(false);
    return DataType.map(values.valueType(), ofValue).withNullable(false);
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
    Arrays.fill(marks, number * width, (number + 1) * width, 0);
    values.remove(number);
  }

  /**
   * Adds the values at the rows' positions of the columns, or takes them back; {@code in} has for
   * each row a bit set per way, at least one. Returns for each way those of the rows that came with
   * the first of equal values, and as retracts those that went with the last.
   */
  List<GroupedRows> add(Vector[] columns, GroupedRows rows, long[] in) {
    int[] numbers = locate(columns, rows);
    if (!counted) {
      return mark(numbers, rows, in);
    }
    List<GroupedRows> changed = new ArrayList<>();
    long[] changes = new long[rows.count()];
    for (int way = 0; way < ways; way++) {
      for (int i = 0; i < changes.length; i++) {
        long one = in[i] >>> way & 1;
        changes[i] = rows.isRetract(i) ? -one : one;
      }
      changed.add(count(numbers, rows, way, changes));
    }
    removeZeros(numbers, rows);
    return changed;
  }

  private int[] locate(Vector[] columns, GroupedRows rows) {
    int[] numbers = values.locate(columns, rows.rows(), rows.groups(), rows.count());
    int needed = Math.multiplyExact(values.limit(), width);
    if (marks.length < needed) {
      marks = Arrays.copyOf(marks, Math.multiplyExact(KeyTable.capacity(values.limit()), width));
    }
    return numbers;
  }

  private List<GroupedRows> mark(int[] numbers, GroupedRows rows, long[] in) {
    long[] known = marks;
    int[] fresh = new int[numbers.length];
    long[] came = new long[numbers.length];
    int n = 0;
    for (int i = 0; i < numbers.length; i++) {
      long before = known[numbers[i]];
      long more = in[i] & ~before;
      if (more != 0) {
        if (before == 0) {
          lists.append(rows.groups()[i], numbers[i]);
        }
        known[numbers[i]] = before | more;
        fresh[n] = i;
        came[n++] = more;
      }
    }
    return byWay(rows, fresh, came, n);
  }

  private List<GroupedRows> byWay(GroupedRows rows, int[] fresh, long[] came, int count) {
    List<GroupedRows> changed = new ArrayList<>();
    for (int way = 0; way < ways; way++) {
      int[] positions = new int[count];
      int[] groups = new int[count];
      int n = 0;
      for (int i = 0; i < count; i++) {
        if ((came[i] >>> way & 1) != 0) {
          positions[n] = rows.rows()[fresh[i]];
          groups[n++] = rows.groups()[fresh[i]];
        }
      }
      changed.add(new GroupedRows(n, positions, groups, null));
    }
    return changed;
  }

  private GroupedRows count(int[] numbers, GroupedRows rows, int way, long[] changes) {
    int[] positions = new int[numbers.length];
    int[] groups = new int[numbers.length];
    boolean[] retracts = new boolean[numbers.length];
    int n = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (!lists.has(numbers[i])) {
        lists.append(rows.groups()[i], numbers[i]);
      }
      int at = numbers[i] * width + way;
      boolean before = marks[at] > 0;
      marks[at] += changes[i];
      if (before != marks[at] > 0) {
        positions[n] = rows.rows()[i];
        groups[n] = rows.groups()[i];
        retracts[n++] = before;
      }
    }
    return new GroupedRows(n, positions, groups, retracts);
  }

  private void removeZeros(int[] numbers, GroupedRows rows) {
    for (int i = 0; i < numbers.length; i++) {
      if (lists.has(numbers[i]) && isZero(numbers[i])) {
        remove(rows.groups()[i], numbers[i]);
      }
    }
  }

  private boolean isZero(int number) {
    for (int at = number * width; at < (number + 1) * width; at++) {
      if (marks[at] != 0) {
        return false;
      }
    }
    return true;
  }

  /** The columns of the values of maps of {@link #stateType}. */
  Vector[] columns(MapVector maps) {
    return values.columns(maps.keys());
  }

  /** Adds the marks of maps; returns as {@link #add} does rows of {@link #columns}. */
  List<GroupedRows> merge(MapVector maps, int[] rows, int[] groups, int count) {
    GroupedRows entries = entries(maps, rows, groups, count);
    int[] numbers = locate(columns(maps), entries);
    RowVector all = (RowVector) maps.values();
    if (!counted) {
      return mark(numbers, entries, marks(all, 0, entries));
    }
    List<GroupedRows> changed = new ArrayList<>();
    for (int way = 0; way < ways; way++) {
      changed.add(count(numbers, entries, way, marks(all, way, entries)));
    }
    removeZeros(numbers, entries);
    return changed;
  }

  private static GroupedRows entries(MapVector maps, int[] rows, int[] groups, int count) {
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += maps.lengths()[rows[i]];
    }
    int[] positions = new int[size];
    int[] entryGroups = new int[size];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int start = maps.starts()[rows[i]];
      for (int entry = start; entry < start + maps.lengths()[rows[i]]; entry++) {
        positions[n] = entry;
        entryGroups[n++] = groups[i];
      }
    }
    return new GroupedRows(n, positions, entryGroups, null);
  }

  private static long[] marks(RowVector all, int index, GroupedRows entries) {
    long[] column = ((LongVector) all.field(index)).values();
    long[] chosen = new long[entries.count()];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = column[entries.rows()[i]];
    }
    return chosen;
  }

  /** Each group's values with their marks. */
  MapVector state(int[] groups, int count) {
    int[] lengths = new int[count];
    int[] numbers = numbers(groups, count, lengths);
    Vector[] columns = new Vector[width];
    for (int i = 0; i < width; i++) {
      columns[i] = new LongVector(numbers.length, marksOf(numbers, i), null);
    }
    return maps(numbers, lengths, new RowVector(numbers.length, columns, null));
  }

  /** Each group's values with their counts in the first way, INT. */
  MapVector multisets(int[] groups, int count) {
    int[] lengths = new int[count];
    int[] numbers = numbers(groups, count, lengths);
    int[] counts = new int[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      counts[i] = (int) marks[numbers[i] * width];
    }
    return maps(numbers, lengths, new IntVector(numbers.length, counts, null));
  }

  private long[] marksOf(int[] numbers, int index) {
    long[] found = new long[numbers.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = marks[numbers[i] * width + index];
    }
    return found;
  }

  private MapVector maps(int[] numbers, int[] lengths, Vector entries) {
    int[] starts = new int[lengths.length];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + lengths[i - 1];
    }
    Vector keys = values.values(numbers, numbers.length);
    return new MapVector(lengths.length, starts, lengths, keys, entries, null);
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
    return values.bytes() + lists.bytes() + (long) Long.BYTES * marks.length;
  }
}
