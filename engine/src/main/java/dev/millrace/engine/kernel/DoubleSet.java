package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;

/** Floating-point constants, equal by their bits as in Flink's hash sets: -0 is not 0. */
final class DoubleSet implements ValueSet {
  private static final DataType DOUBLE = DataType.of(TypeRoot.DOUBLE);

  private final LongSet bits;

  /** A set of the first {@code count} values. */
  DoubleSet(double[] values, int count) {
    this.bits = new LongSet(bits(values, count), count);
  }

  @Override
  public boolean[] contains(Vector vector, int count) {
    return bits.contains(bits(NumericArrays.doubles(vector, DOUBLE, count), count), count);
  }

  private static long[] bits(double[] values, int count) {
    long[] bits = new long[count];
    for (int i = 0; i < count; i++) {
      bits[i] = Double.doubleToLongBits(values[i]);
    }
    return bits;
  }
}
