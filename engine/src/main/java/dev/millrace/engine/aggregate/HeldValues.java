package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.state.Arena;
import dev.millrace.engine.state.RowStore;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * One value of any type per group, or none: 4 bytes per group and those of the {@link RowStore}.
 */
final class HeldValues {
  private final DataType type;
  private final RowStore values;
  private int[] addresses = {};

  HeldValues(DataType type) {
    this.type = type.withNullable(true);
    this.values = new RowStore(List.of(this.type));
  }

  DataType type() {
    return type;
  }

  void reserve(int limit) {
    addresses = Arrays.copyOf(addresses, limit);
  }

  boolean has(int group) {
    return addresses[group] != Arena.NONE;
  }

  void clear(int group) {
    if (has(group)) {
      values.remove(addresses[group]);
      addresses[group] = Arena.NONE;
    }
  }

  /** Each group's value, null where it has none. */
  Vector get(int[] groups, int count) {
    int[] places = new int[count];
    int[] found = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      places[i] = has(groups[i]) ? n : -1;
      if (has(groups[i])) {
        found[n++] = addresses[groups[i]];
      }
    }
    if (n == 0) {
      return Vectors.allNull(type, count);
    }
    return Vectors.takeOrNull(values.get(found, n)[0], type, places, count);
  }

  /** Lets the distinct groups hold the values at these positions of a vector. */
  void set(Vector vector, int[] positions, int[] groups, int count) {
    int[] added = new int[count];
    values.add(new Vector[] {vector.take(positions, count)}, count, added);
    for (int i = 0; i < count; i++) {
      clear(groups[i]);
      addresses[groups[i]] = added[i];
    }
  }

  /**
   * Puts each of the groups once into {@code distinct}, and for each its place there into {@code
   * places}; returns how many are distinct.
   */
  int distinct(int[] groups, int count, int[] distinct, int[] places) {
    int[] kept = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int address = addresses[groups[i]];
      if (address < 0) {
        places[i] = ~address;
      } else {
        kept[n] = address;
        distinct[n] = groups[i];
        addresses[groups[i]] = ~n;
        places[i] = n++;
      }
    }
    for (int i = 0; i < n; i++) {
      addresses[distinct[i]] = kept[i];
    }
    return n;
  }

  long bytes() {
    return values.bytes() + (long) Integer.BYTES * addresses.length;
  }
}
