package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.Storage;
import dev.millrace.engine.type.TypeRoot;

/**
 * Casts among integers, floating point numbers, booleans and intervals.
 *
 * <p>Each goes through {@code long} or {@code double}, which hold all values of the narrower types;
 * so there is one loop for each type to widen and one to narrow, instead of one for each pair.
 */
final class NumericCasts {
  private NumericCasts() {}

  /** Between integers, floating point numbers and intervals, by Java's rules. */
  static Cast primitive(DataType source, DataType target) {
    Storage to = target.storage();
    if (source.storage() == to) {
      return Cast.IDENTITY;
    }
    return isFloating(source)
        ? (input, count, context) ->
            ofDoubles(to, NumericArrays.doubles(input, source, count), count, input.nulls())
        : (input, count, context) ->
            ofLongs(to, NumericArrays.longs(input, count), count, input.nulls());
  }

  private static boolean isFloating(DataType type) {
    return type.is(TypeRoot.FLOAT) || type.is(TypeRoot.DOUBLE);
  }

  /** Integers cut to the bits of the storage, or rounded to the nearest floating point number. */
  static Vector ofLongs(Storage storage, long[] values, int count, boolean[] nulls) {
    switch (storage) {
      case BYTE -> {
        byte[] to = new byte[count];
        for (int i = 0; i < count; i++) {
          to[i] = (byte) values[i];
        }
        return new ByteVector(count, to, nulls);
      }
      case SHORT -> {
        short[] to = new short[count];
        for (int i = 0; i < count; i++) {
          to[i] = (short) values[i];
        }
        return new ShortVector(count, to, nulls);
      }
      case INT -> {
        int[] to = new int[count];
        for (int i = 0; i < count; i++) {
          to[i] = (int) values[i];
        }
        return new IntVector(count, to, nulls);
      }
      case LONG -> {
        return new LongVector(count, values, nulls);
      }
      case FLOAT -> {
        float[] to = new float[count];
        for (int i = 0; i < count; i++) {
          to[i] = values[i];
        }
        return new FloatVector(count, to, nulls);
      }
      case DOUBLE -> {
        double[] to = new double[count];
        for (int i = 0; i < count; i++) {
          to[i] = values[i];
        }
        return new DoubleVector(count, to, nulls);
      }
      default -> throw new IllegalArgumentException(storage.name());
    }
  }

  /**
   * Floating point numbers; an integer storage takes the nearest number that it has, and 0 for NaN.
   */
  static Vector ofDoubles(Storage storage, double[] values, int count, boolean[] nulls) {
    switch (storage) {
      case BYTE -> {
        byte[] to = new byte[count];
        for (int i = 0; i < count; i++) {
          to[i] = (byte) (int) values[i];
        }
        return new ByteVector(count, to, nulls);
      }
      case SHORT -> {
        short[] to = new short[count];
        for (int i = 0; i < count; i++) {
          to[i] = (short) (int) values[i];
        }
        return new ShortVector(count, to, nulls);
      }
      case INT -> {
        int[] to = new int[count];
        for (int i = 0; i < count; i++) {
          to[i] = (int) values[i];
        }
        return new IntVector(count, to, nulls);
      }
      case LONG -> {
        long[] to = new long[count];
        for (int i = 0; i < count; i++) {
          to[i] = (long) values[i];
        }
        return new LongVector(count, to, nulls);
      }
      case FLOAT -> {
        float[] to = new float[count];
        for (int i = 0; i < count; i++) {
          to[i] = (float) values[i];
        }
        return new FloatVector(count, to, nulls);
      }
      case DOUBLE -> {
        return new DoubleVector(count, values, nulls);
      }
      default -> throw new IllegalArgumentException(storage.name());
    }
  }

  /** Whether a number is not zero. */
  static Cast toBoolean(DataType source) {
    if (source.is(TypeRoot.DECIMAL)) {
      return NumericCasts::decimalToBoolean;
    }
    return isFloating(source)
        ? (input, count, context) ->
            floatingToBoolean(input, NumericArrays.doubles(input, source, count), count)
        : NumericCasts::integerToBoolean;
  }

  private static Vector integerToBoolean(Vector input, int count, CastContext context) {
    long[] values = NumericArrays.longs(input, count);
    boolean[] to = new boolean[count];
    for (int i = 0; i < count; i++) {
      to[i] = values[i] != 0;
    }
    return new BooleanVector(count, to, input.nulls());
  }

  private static Vector floatingToBoolean(Vector input, double[] values, int count) {
    boolean[] to = new boolean[count];
    for (int i = 0; i < count; i++) {
      to[i] = values[i] != 0;
    }
    return new BooleanVector(count, to, input.nulls());
  }

  private static Vector decimalToBoolean(Vector input, int count, CastContext context) {
    DecimalVector decimals = (DecimalVector) input;
    long[] low = decimals.low();
    long[] high = decimals.high();
    boolean[] to = new boolean[count];
    for (int i = 0; i < count; i++) {
      to[i] = low[i] != 0 || (high != null && high[i] != 0);
    }
    return new BooleanVector(count, to, input.nulls());
  }

  /** 1 or 0. */
  static Cast fromBoolean(DataType target) {
    Storage storage = target.storage();
    return (input, count, context) ->
        ofLongs(storage, zerosAndOnes((BooleanVector) input, count), count, input.nulls());
  }

  static long[] zerosAndOnes(BooleanVector input, int count) {
    boolean[] values = input.values();
    long[] to = new long[count];
    for (int i = 0; i < count; i++) {
      to[i] = values[i] ? 1 : 0;
    }
    return to;
  }
}
