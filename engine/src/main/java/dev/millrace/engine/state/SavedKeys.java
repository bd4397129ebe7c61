package dev.millrace.engine.state;

import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import java.util.function.IntUnaryOperator;

/** Helps to save what is known of keys, some thousand rows at a time. */
public final class SavedKeys {
  private static final int AT_ONCE = 4096;

  private SavedKeys() {}

  /** Where a key's row at a place is to be found. */
  @FunctionalInterface
  public interface Places {
    int address(int key, int place);
  }

  /** Takes rows by their addresses, each with its key. */
  @FunctionalInterface
  public interface Rows {
    void accept(int[] addresses, int[] keys);
  }

  /** Hands over the numbers of all keys. */
  public static void forEachPart(KeyTable keys, Consumer<int[]> to) {
    forEachPart(keys.numbers(), to);
  }

  /** Hands over all numbers. */
  public static void forEachPart(int[] numbers, Consumer<int[]> to) {
    for (int from = 0; from < numbers.length; from += AT_ONCE) {
      to.accept(Arrays.copyOfRange(numbers, from, Math.min(numbers.length, from + AT_ONCE)));
    }
  }

  /**
   * Hands over the rows of all keys, key by key in their order.
   *
   * @param counts how many rows a key has
   */
  public static void forEachRow(KeyTable keys, IntUnaryOperator counts, Places places, Rows to) {
    int[] addresses = new int[AT_ONCE];
    int[] owners = new int[AT_ONCE];
    int n = 0;
    for (int key : keys.numbers()) {
      int count = counts.applyAsInt(key);
      for (int place = 0; place < count; place++) {
        addresses[n] = places.address(key, place);
        owners[n++] = key;
        if (n == AT_ONCE) {
          to.accept(addresses, owners);
          n = 0;
        }
      }
    }
    if (n > 0) {
      to.accept(Arrays.copyOf(addresses, n), Arrays.copyOf(owners, n));
    }
  }

  /** A column of a value per number. */
  public static Vector longs(int[] numbers, IntToLongFunction value) {
    long[] values = new long[numbers.length];
    Arrays.setAll(values, i -> value.applyAsLong(numbers[i]));
    return new LongVector(values.length, values, null);
  }
}
