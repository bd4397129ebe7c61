package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;

/**
 * Numeric columns as arrays of another primitive type, which is as wide but for the planner's
 * {@code DOUBLE + FLOAT} being a FLOAT: the column's own array where the type is the same, else a
 * copy. Conversions are Java's, as in Flink's generated code.
 */
public final class NumericArrays {
  private NumericArrays() {}

  public static int[] ints(Vector vector, int count) {
    if (vector instanceof IntVector ints) {
      return ints.values();
    }
    int[] out = new int[count];
    if (vector instanceof ShortVector shorts) {
      short[] values = shorts.values();
      for (int i = 0; i < count; i++) {
        out[i] = values[i];
      }
    } else {
      byte[] values = ((ByteVector) vector).values();
      for (int i = 0; i < count; i++) {
        out[i] = values[i];
      }
    }
    return out;
  }

  public static long[] longs(Vector vector, int count) {
    if (vector instanceof LongVector longs) {
      return longs.values();
    }
    int[] values = ints(vector, count);
    long[] out = new long[count];
    for (int i = 0; i < count; i++) {
      out[i] = values[i];
    }
    return out;
  }

  public static float[] floats(Vector vector, int count) {
    if (vector instanceof FloatVector floats) {
      return floats.values();
    }
    float[] out = new float[count];
    if (vector instanceof DoubleVector doubles) {
      double[] values = doubles.values();
      for (int i = 0; i < count; i++) {
        out[i] = (float) values[i];
      }
    } else {
      long[] values = longs(vector, count);
      for (int i = 0; i < count; i++) {
        out[i] = values[i];
      }
    }
    return out;
  }

  public static double[] doubles(Vector vector, DataType type, int count) {
    if (vector instanceof DoubleVector doubles) {
      return doubles.values();
    }
    if (vector instanceof DecimalVector decimals) {
      return Decimals.doubles(decimals, type.scale(), count);
    }
    double[] out = new double[count];
    if (vector instanceof FloatVector floats) {
      float[] values = floats.values();
      for (int i = 0; i < count; i++) {
        out[i] = values[i];
      }
    } else {
      long[] values = longs(vector, count);
      for (int i = 0; i < count; i++) {
        out[i] = values[i];
      }
    }
    return out;
  }

  /** A single value of an integer column, or of one stored like it. */
  static long longAt(Vector vector, int position) {
    if (vector instanceof LongVector longs) {
      return longs.values()[position];
    }
    if (vector instanceof IntVector ints) {
      return ints.values()[position];
    }
    return vector instanceof ShortVector shorts
        ? shorts.values()[position]
        : ((ByteVector) vector).values()[position];
  }

  public static byte[] narrowToBytes(int[] values) {
    byte[] out = new byte[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) values[i];
    }
    return out;
  }

  public static short[] narrowToShorts(int[] values) {
    short[] out = new short[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (short) values[i];
    }
    return out;
  }

  public static int[] narrowToInts(long[] values) {
    int[] out = new int[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (int) values[i];
    }
    return out;
  }
}
