package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;

/**
 * Columns of any type whose values fit into 64 bits, as {@code long} values of the same order:
 * integers, times, BOOLEAN, timestamps of up to 3 digits, decimals of up to 18.
 */
public final class LongValues {
  private static final int MAX_MILLIS_PRECISION = 3;

  private LongValues() {}

  /** Whether values of the type are such. */
  public static boolean supports(DataType type) {
    return switch (type.storage()) {
      case BOOLEAN, BYTE, SHORT, INT, LONG -> true;
      case TIMESTAMP -> type.precision() <= MAX_MILLIS_PRECISION;
      case DECIMAL -> type.precision() <= DecimalVector.MAX_COMPACT_PRECISION;
      default -> false;
    };
  }

  /** The first {@code count} values; may be the vector's own array. */
  public static long[] of(Vector vector, int count) {
    if (vector instanceof TimestampVector timestamps) {
      return timestamps.millis();
    }
    if (vector instanceof DecimalVector decimals) {
      return decimals.low();
    }
    if (vector instanceof BooleanVector booleans) {
      boolean[] values = booleans.values();
      long[] out = new long[count];
      for (int i = 0; i < count; i++) {
        out[i] = values[i] ? 1 : 0;
      }
      return out;
    }
    return NumericArrays.longs(vector, count);
  }

  /** The values as a vector of the type, which may keep the arrays. */
  public static Vector vector(DataType type, long[] values, boolean[] nulls) {
    int count = values.length;
    return switch (type.storage()) {
      case LONG -> new LongVector(count, values, nulls);
      case TIMESTAMP -> new TimestampVector(count, values, null, nulls);
      case DECIMAL -> new DecimalVector(count, values, null, nulls);
      case INT -> new IntVector(count, NumericArrays.narrowToInts(values), nulls);
      case SHORT -> {
        int[] ints = NumericArrays.narrowToInts(values);
        yield new ShortVector(count, NumericArrays.narrowToShorts(ints), nulls);
      }
      case BYTE -> {
        int[] ints = NumericArrays.narrowToInts(values);
        yield new ByteVector(count, NumericArrays.narrowToBytes(ints), nulls);
      }
      default -> {
        boolean[] booleans = new boolean[count];
        for (int i = 0; i < count; i++) {
          booleans[i] = values[i] != 0;
        }
        yield new BooleanVector(count, booleans, nulls);
      }
    };
  }
}
