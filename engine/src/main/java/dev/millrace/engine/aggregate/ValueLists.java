package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * The values of each group in the order in which they came. Taking a value back removes the
 * earliest that equals it; if there is none, it is owed, and the next that equals it settles that.
 *
 * <p>Per group 4 bytes; per occurrence of a value 17, per distinct value 8 and those of its {@link
 * KeyTable}. Not thread-safe.
 */
final class ValueLists {
  private static final int NONE = -1;

  private final DataType type;
  private final GroupedValues values;

  /** Occurrences: those that are there, and those that are owed. */
  private final GroupLists lists = new GroupLists();

  private int[] valueOf = new int[16];
  private int[] nextEqual = new int[16];
  private boolean[] owed = new boolean[16];
  private int limit;
  private int free = NONE;

  /** For each value its first and last occurrence plus one, or 0; all of them owed or none. */
  private int[] first = new int[16];

  private int[] last = new int[16];

  ValueLists(DataType type) {
    this.type = type;
    this.values = new GroupedValues(List.of(type));
  }

  /** An ARRAY of values. */
  DataType stateType() {
    return DataType.array(type).withNullable(false);
  }

  void reserve(int groups) {
    lists.reserve(groups);
  }

  void clear(int group) {
    while (!lists.isEmpty(group)) {
      int value = valueOf[lists.first(group)];
      remove(group, lists.first(group));
      forgetIfGone(value);
    }
  }

  /** Adds the values at the rows' positions, or takes them back. */
  void add(Vector vector, GroupedRows rows) {
    int count = rows.count();
    int[] numbers = values.locate(new Vector[] {vector}, rows.rows(), rows.groups(), count);
    if (first.length < values.limit()) {
      first = Arrays.copyOf(first, KeyTable.capacity(values.limit()));
      last = Arrays.copyOf(last, first.length);
    }
    for (int i = 0; i < count; i++) {
      int occurrence = first[numbers[i]] - 1;
      if (occurrence >= 0 && owed[occurrence] != rows.isRetract(i)) {
        remove(rows.groups()[i], occurrence);
      } else {
        append(rows.groups()[i], numbers[i], rows.isRetract(i));
      }
    }
    for (int i = 0; i < count; i++) {
      forgetIfGone(numbers[i]);
    }
  }

  private void append(int group, int value, boolean isOwed) {
    int occurrence = take();
    valueOf[occurrence] = value;
    nextEqual[occurrence] = NONE;
    owed[occurrence] = isOwed;
    if (first[value] == 0) {
      first[value] = occurrence + 1;
    } else {
      nextEqual[last[value] - 1] = occurrence;
    }
    last[value] = occurrence + 1;
    lists.append(group, occurrence);
  }

  private int take() {
    if (free != NONE) {
      int occurrence = free;
      free = nextEqual[occurrence];
      return occurrence;
    }
    if (limit == valueOf.length) {
      int capacity = KeyTable.capacity(limit + 1);
      valueOf = Arrays.copyOf(valueOf, capacity);
      nextEqual = Arrays.copyOf(nextEqual, capacity);
      owed = Arrays.copyOf(owed, capacity);
    }
    return limit++;
  }

  /** Removes the first occurrence of its value. */
  private void remove(int group, int occurrence) {
    first[valueOf[occurrence]] = nextEqual[occurrence] + 1;
    lists.remove(group, occurrence);
    nextEqual[occurrence] = free;
    free = occurrence;
  }

  /** Values are numbered for as long as they occur; the mark keeps one from going twice. */
  private void forgetIfGone(int value) {
    if (first[value] == 0 && last[value] != 0) {
      last[value] = 0;
      values.remove(value);
    }
  }

  /** Adds the elements of arrays, or takes them back. */
  void merge(ArrayVector arrays, int[] rows, int[] groups, int count, boolean retract) {
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += arrays.lengths()[rows[i]];
    }
    int[] positions = new int[size];
    int[] elementGroups = new int[size];
    boolean[] retracts = retract ? new boolean[size] : null;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int start = arrays.starts()[rows[i]];
      for (int j = start; j < start + arrays.lengths()[rows[i]]; j++) {
        positions[n] = j;
        elementGroups[n++] = groups[i];
      }
    }
    if (retract) {
      Arrays.fill(retracts, true);
    }
    add(arrays.elements(), new GroupedRows(n, positions, elementGroups, retracts));
  }

  /** Each group's values that are there, or are owed, in order. */
  ArrayVector arrays(int[] groups, int count, boolean areOwed) {
    int[] starts = new int[count];
    int[] lengths = new int[count];
    int[] numbers = new int[16];
    int n = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = n;
      int at = lists.first(groups[i]);
      while (at >= 0) {
        if (owed[at] == areOwed) {
          numbers = n == numbers.length ? Arrays.copyOf(numbers, 2 * n) : numbers;
          numbers[n++] = valueOf[at];
        }
        at = lists.after(groups[i], at);
      }
      lengths[i] = n - starts[i];
    }
    return new ArrayVector(count, starts, lengths, values.values(numbers, n), null);
  }

  /** Each group's first or last value, null where it has none. */
  Vector ends(int[] groups, int count, boolean atEnd) {
    int[] places = new int[count];
    int[] numbers = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int at = end(groups[i], atEnd);
      places[i] = at < 0 ? NONE : n;
      if (at >= 0) {
        numbers[n++] = valueOf[at];
      }
    }
    return n == 0
        ? Vectors.allNull(type, count)
        : Vectors.takeOrNull(values.values(numbers, n), type, places, count);
  }

  private int end(int group, boolean atEnd) {
    if (lists.isEmpty(group)) {
      return NONE;
    }
    int at = atEnd ? lists.last(group) : lists.first(group);
    while (at >= 0 && owed[at]) {
      at = atEnd ? lists.before(group, at) : lists.after(group, at);
    }
    return at;
  }

  long bytes() {
    long perOccurrence = 2L * Integer.BYTES + 1;
    return values.bytes()
        + lists.bytes()
        + perOccurrence * valueOf.length
        + 2L * Integer.BYTES * first.length;
  }
}
