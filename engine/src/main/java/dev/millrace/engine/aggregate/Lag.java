package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.state.Arena;
import dev.millrace.engine.state.MemorySize;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;
import java.util.List;

/**
 * LAG: the value that is some rows before a group's last, nulls included; where there are not as
 * many rows, the default of the last row. The arguments are the value, the distance (a literal, the
 * same in all rows, 1 if it is left out) and the default (null if it is left out). State: the last
 * values, as many as are needed, the default, the distance.
 *
 * <p>Per group 12 bytes, an array with a header of 16 and 4 bytes for each value that is kept, and
 * the values' bytes in a {@link RowStore}; for defaults those of {@link HeldValues}.
 */
final class Lag implements RunningAccumulator {
  private static final int[] NO_VALUES = {};

  private final DataType type;
  private final RowStore values;
  private final HeldValues defaults;
  private final boolean hasDefault;
  private int distance = 1;

  /** For each group the addresses of its last values: a ring. */
  private int[][] rings = {};

  private int[] firsts = {};
  private int[] counts = {};
  private long ringBytes;

  /** Addresses of values that are no longer needed, to be freed once results have been read. */
  private int[] left = new int[16];

  private int leftCount;

  Lag(AggregateCall call) {
    this.type = call.argumentTypes().get(0).withNullable(true);
    this.values = new RowStore(List.of(type));
    this.defaults = new HeldValues(type);
    this.hasDefault = call.argumentTypes().size() > 2;
    if (hasDefault) {
      checkDefault(call.argumentTypes().get(2));
    }
  }

  private void checkDefault(DataType given) {
    boolean fits =
        given.storage() == type.storage()
            && given.precision() == type.precision()
            && given.scale() == type.scale();
    if (!fits && !(type.isString() && given.isString())) {
      throw new UnsupportedException(
          "LAG with a default of type %s for values of type %s (CAST it to that type)"
              .formatted(given, type));
    }
  }

  @Override
  public List<DataType> stateTypes() {
    return List.of(
        DataType.array(type).withNullable(false),
        type,
        DataType.of(TypeRoot.INT).withNullable(false));
  }

  @Override
  public void reserve(int limit) {
    int from = rings.length;
    rings = Arrays.copyOf(rings, limit);
    Arrays.fill(rings, from, limit, NO_VALUES);
    firsts = Arrays.copyOf(firsts, limit);
    counts = Arrays.copyOf(counts, limit);
    defaults.reserve(limit);
  }

  @Override
  public void clear(int group) {
    for (int i = 0; i < counts[group]; i++) {
      values.remove(address(group, i));
    }
    ringBytes -= MemorySize.ofInts(rings[group]);
    rings[group] = NO_VALUES;
    firsts[group] = 0;
    counts[group] = 0;
    defaults.clear(group);
  }

  /** The address of a value of the group, from the oldest. */
  private int address(int group, int index) {
    return rings[group][(firsts[group] + index) % rings[group].length];
  }

  private boolean isFull(int group) {
    return counts[group] > distance;
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    append(arguments, rows, new boolean[rows.count()], new int[0]);
    free();
  }

  @Override
  public Vector run(Vector[] arguments, GroupedRows rows, boolean[] read) {
    int[] found = new int[rows.count()];
    int reads = append(arguments, rows, read, found);
    int[] defaultRows = new int[reads];
    for (int i = 0, n = 0; n < reads; i++) {
      if (read[i]) {
        defaultRows[n++] = rows.rows()[i];
      }
    }
    Vector result = values(found, reads, hasDefault ? arguments[2].take(defaultRows, reads) : null);
    free();
    return result;
  }

  /**
   * Appends the rows' values; puts the address of each result that is read, or none, into {@code
   * found}. Returns how many are read.
   */
  private int append(Vector[] arguments, GroupedRows rows, boolean[] read, int[] found) {
    int count = rows.count();
    if (count > 0 && arguments.length > 1) {
      distance = ((IntVector) arguments[1]).values()[rows.rows()[0]];
    }
    int[] added = new int[count];
    values.add(new Vector[] {arguments[0].take(rows.rows(), count)}, count, added);
    int reads = 0;
    for (int i = 0; i < count; i++) {
      int group = rows.groups()[i];
      append(group, added[i]);
      if (read[i]) {
        found[reads++] = isFull(group) ? address(group, 0) : Arena.NONE;
      }
    }
    if (hasDefault) {
      holdDefaults(arguments[2], rows.rows(), rows.groups(), count);
    }
    return reads;
  }

  private void append(int group, int address) {
    if (isFull(group)) {
      left = leftCount == left.length ? Arrays.copyOf(left, 2 * leftCount) : left;
      left[leftCount++] = address(group, 0);
      firsts[group] = (firsts[group] + 1) % rings[group].length;
      counts[group]--;
    }
    if (counts[group] == rings[group].length) {
      grow(group);
    }
    int[] ring = rings[group];
    ring[(firsts[group] + counts[group]++) % ring.length] = address;
  }

  private void grow(int group) {
    int count = counts[group];
    int[] ring = new int[(int) Math.min(distance + 1L, Math.max(2L, 2L * count))];
    for (int i = 0; i < count; i++) {
      ring[i] = address(group, i);
    }
    ringBytes += MemorySize.ofInts(ring) - MemorySize.ofInts(rings[group]);
    rings[group] = ring;
    firsts[group] = 0;
  }

  private void free() {
    for (int i = 0; i < leftCount; i++) {
      values.remove(left[i]);
    }
    leftCount = 0;
  }

  /** Holds the default of each group's last row. */
  private void holdDefaults(Vector given, int[] rows, int[] groups, int count) {
    int[] distinct = new int[count];
    int[] places = new int[count];
    int n = defaults.distinct(groups, count, distinct, places);
    int[] last = new int[n];
    for (int i = 0; i < count; i++) {
      last[places[i]] = rows[i];
    }
    defaults.set(given, last, distinct, n);
  }

  /** The values at addresses, and {@code otherwise}, which may be null, where there is none. */
  private Vector values(int[] addresses, int count, Vector otherwise) {
    int[] places = new int[count];
    int[] there = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      places[i] = addresses[i] == Arena.NONE ? -1 : n;
      if (addresses[i] != Arena.NONE) {
        there[n++] = addresses[i];
      }
    }
    if (n == 0) {
      return otherwise == null ? Vectors.allNull(type, count) : otherwise;
    }
    Vector found = values.get(there, n)[0];
    if (otherwise == null) {
      return Vectors.takeOrNull(found, type, places, count);
    }
    for (int i = 0; i < count; i++) {
      places[i] = places[i] < 0 ? n + i : places[i];
    }
    return Vectors.concat(new Vector[] {found, otherwise}, new int[] {n, count})
        .take(places, count);
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    ArrayVector arrays = (ArrayVector) state[0];
    int[] distances = ((IntVector) state[2]).values();
    for (int i = 0; i < count; i++) {
      distance = distances[rows[i]];
      int start = arrays.starts()[rows[i]];
      int size = arrays.lengths()[rows[i]];
      int[] elements = new int[size];
      int[] added = new int[size];
      Arrays.setAll(elements, element -> start + element);
      values.add(new Vector[] {arrays.elements().take(elements, size)}, size, added);
      for (int address : added) {
        append(groups[i], address);
      }
    }
    free();
    if (hasDefault) {
      holdDefaults(state[1], rows, groups, count);
    }
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    int[] starts = new int[count];
    int[] lengths = new int[count];
    int[] distances = new int[count];
    Arrays.fill(distances, distance);
    int size = 0;
    for (int i = 0; i < count; i++) {
      starts[i] = size;
      lengths[i] = counts[groups[i]];
      size += lengths[i];
    }
    int[] addresses = new int[size];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < lengths[i]; j++) {
        addresses[starts[i] + j] = address(groups[i], j);
      }
    }
    Vector elements = size == 0 ? Vectors.allNull(type, 0) : values.get(addresses, size)[0];
    return new Vector[] {
      new ArrayVector(count, starts, lengths, elements, null),
      defaults.get(groups, count),
      new IntVector(count, distances, null)
    };
  }

  @Override
  public Vector result(int[] groups, int count) {
    int[] found = new int[count];
    for (int i = 0; i < count; i++) {
      found[i] = isFull(groups[i]) ? address(groups[i], 0) : Arena.NONE;
    }
    return values(found, count, hasDefault ? defaults.get(groups, count) : null);
  }

  @Override
  public long bytes() {
    long perGroup = MemorySize.REFERENCE + 2L * Integer.BYTES;
    return values.bytes() + defaults.bytes() + ringBytes + perGroup * rings.length;
  }
}
