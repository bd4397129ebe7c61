package dev.millrace.connectors.datagen;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.TimestampVector;

/** Columns of random numbers, evenly spread between two bounds. */
final class RandomNumbers {
  private RandomNumbers() {}

  static Generator booleans(long seed, Nulls nulls) {
    return (rows, count, now) -> {
      boolean[] values = new boolean[count];
      for (int i = 0; i < count; i++) {
        values[i] = Randomness.at(seed, rows[i]) < 0;
      }
      return new BooleanVector(count, values, nulls.of(rows, count));
    };
  }

  static Generator bytes(long seed, long min, long max, Nulls nulls) {
    return (rows, count, now) -> {
      byte[] values = new byte[count];
      for (int i = 0; i < count; i++) {
        values[i] = (byte) between(seed, rows[i], min, max);
      }
      return new ByteVector(count, values, nulls.of(rows, count));
    };
  }

  static Generator shorts(long seed, long min, long max, Nulls nulls) {
    return (rows, count, now) -> {
      short[] values = new short[count];
      for (int i = 0; i < count; i++) {
        values[i] = (short) between(seed, rows[i], min, max);
      }
      return new ShortVector(count, values, nulls.of(rows, count));
    };
  }

  static Generator ints(long seed, long min, long max, Nulls nulls) {
    return (rows, count, now) -> {
      int[] values = new int[count];
      for (int i = 0; i < count; i++) {
        values[i] = (int) between(seed, rows[i], min, max);
      }
      return new IntVector(count, values, nulls.of(rows, count));
    };
  }

  static Generator longs(long seed, long min, long max, Nulls nulls) {
    return (rows, count, now) ->
        new LongVector(count, longValues(rows, count, seed, min, max), nulls.of(rows, count));
  }

  /** Random longs from {@code min} to {@code max}, both inclusive. */
  static long[] longValues(long[] rows, int count, long seed, long min, long max) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = between(seed, rows[i], min, max);
    }
    return values;
  }

  private static long between(long seed, long row, long min, long max) {
    return min + Randomness.below(Randomness.at(seed, row), max - min + 1);
  }

  static Generator floats(long seed, double min, double max, Nulls nulls) {
    return (rows, count, now) -> {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = (float) between(seed, rows[i], min, max);
      }
      return new FloatVector(count, values, nulls.of(rows, count));
    };
  }

  static Generator doubles(long seed, double min, double max, Nulls nulls) {
    return (rows, count, now) -> {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = between(seed, rows[i], min, max);
      }
      return new DoubleVector(count, values, nulls.of(rows, count));
    };
  }

  /** Works on half the bounds, whose distance cannot overflow. */
  private static double between(long seed, long row, double min, double max) {
    double weight = Randomness.unit(Randomness.at(seed, row));
    return 2 * (min / 2 + weight * (max / 2 - min / 2));
  }

  /** Times up to, but not including, {@code maxPastMillis} before now. */
  static Generator pastTimestamps(long seed, long maxPastMillis, Nulls nulls) {
    return (rows, count, now) -> {
      long[] millis = new long[count];
      for (int i = 0; i < count; i++) {
        millis[i] =
            now - Randomness.below(Randomness.at(seed, rows[i]), Math.max(1, maxPastMillis));
      }
      return new TimestampVector(count, millis, null, nulls.of(rows, count));
    };
  }
}
