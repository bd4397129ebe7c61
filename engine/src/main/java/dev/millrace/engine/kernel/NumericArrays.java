package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.type.DataType;

/**
 * Numeric columns as arrays of another primitive type, which is as wide but for the planner's
 * {@code DOUBLE + FLOAT} being a FLOAT: the column's own array where the type is the same, else a
 * copy. Conversions are Java's, as in Flink's generated code.
 */
public final class NumericArrays {
  private static final double MAX_EXACT_DOUBLE = 0x1p53;

  /** The largest power of ten that a double holds exactly. */
  private static final int MAX_EXACT_POWER = 22;

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
      return decimals.high() == null
          ? compactDecimals(decimals, type.scale(), count)
          : wideDecimals(decimals, type.scale(), count);
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

  /** By division, which rounds twice where the digits need more than 53 bits, as Flink does. */
  private static double[] compactDecimals(DecimalVector decimals, int scale, int count) {
    long[] unscaled = decimals.low();
    double divisor = Decimals.pow10(scale);
    double[] out = new double[count];
    for (int i = 0; i < count; i++) {
      out[i] = unscaled[i] / divisor;
    }
    return out;
  }

  /** The nearest doubles, by division where both numbers are exact. */
  private static double[] wideDecimals(DecimalVector decimals, int scale, int count) {
    long[] low = decimals.low();
    long[] high = decimals.high();
    double divisor = Math.pow(10, scale);
    double[] out = new double[count];
    for (int i = 0; i < count; i++) {
      boolean exact =
          high[i] == low[i] >> 63
              && Math.abs(low[i]) < MAX_EXACT_DOUBLE
              && scale <= MAX_EXACT_POWER;
      out[i] = exact ? low[i] / divisor : decimals.decimal(i, scale).doubleValue();
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
