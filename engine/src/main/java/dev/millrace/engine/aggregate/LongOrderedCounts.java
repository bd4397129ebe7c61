package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.LongValues;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/**
 * Values as 64-bit numbers of the same order, 8 bytes each. Among floating-point numbers NaN is the
 * greatest, and -0.0 is less than 0.0.
 */
final class LongOrderedCounts extends OrderedCounts {
  private final DataType type;
  private final boolean floating;
  private long[] keys = new long[16];
  private static final long[] NOTHING = {};

  private long[] loaded = NOTHING;

  LongOrderedCounts(DataType type) {
    this.type = type;
    this.floating = type.is(TypeRoot.FLOAT) || type.is(TypeRoot.DOUBLE);
  }

  @Override
  void load(Vector vector) {
    if (!floating) {
      loaded = LongValues.of(vector, vector.size());
      return;
    }
    double[] values = NumericArrays.doubles(vector, type, vector.size());
    loaded = new long[vector.size()];
    for (int i = 0; i < loaded.length; i++) {
      loaded[i] = flipped(Double.doubleToLongBits(values[i]));
    }
  }

  @Override
  void unload() {
    loaded = NOTHING;
  }

  /** Reverses the order of the bits of negative numbers, and back. */
  private static long flipped(long bits) {
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  @Override
  int compare(int position, int node) {
    return Long.compare(loaded[position], keys[node]);
  }

  @Override
  void store(int position, int node) {
    if (node >= keys.length) {
      keys = Arrays.copyOf(keys, KeyTable.capacity(node + 1));
    }
    keys[node] = loaded[position];
  }

  @Override
  void drop(int node) {}

  @Override
  Vector values(int[] wanted, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = keys[wanted[i]];
    }
    if (!floating) {
      return LongValues.vector(type, values, null);
    }
    double[] doubles = new double[count];
    float[] floats = new float[count];
    for (int i = 0; i < count; i++) {
      doubles[i] = Double.longBitsToDouble(flipped(values[i]));
      floats[i] = (float) doubles[i];
    }
    return type.is(TypeRoot.FLOAT)
        ? new FloatVector(count, floats, null)
        : new DoubleVector(count, doubles, null);
  }

  @Override
  DataType type() {
    return type;
  }

  @Override
  long valueBytes() {
    return (long) Long.BYTES * keys.length;
  }
}
