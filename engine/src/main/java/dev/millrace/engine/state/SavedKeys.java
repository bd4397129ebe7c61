package dev.millrace.engine.state;

import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;

/** Helps to save what is known of keys. */
public final class SavedKeys {
  private static final int AT_ONCE = 4096;

  private SavedKeys() {}

  /** Hands over the numbers of all keys, some at a time. */
  public static void forEachPart(KeyTable keys, Consumer<int[]> to) {
    int[] numbers = keys.numbers();
    for (int from = 0; from < numbers.length; from += AT_ONCE) {
      to.accept(Arrays.copyOfRange(numbers, from, Math.min(numbers.length, from + AT_ONCE)));
    }
  }

  /** A column of a value per number. */
  public static Vector longs(int[] numbers, IntToLongFunction value) {
    long[] values = new long[numbers.length];
    Arrays.setAll(values, i -> value.applyAsLong(numbers[i]));
    return new LongVector(values.length, values, null);
  }
}
