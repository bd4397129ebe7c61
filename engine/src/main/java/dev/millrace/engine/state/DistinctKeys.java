package dev.millrace.engine.state;

import java.util.Arrays;

/**
 * Finds the distinct keys of a batch, by their numbers. A sparse set (Briggs and Torczon 1993): a
 * key's place counts only if the key stands there, so that nothing need be cleared. Not
 * thread-safe. 4 bytes per key.
 */
public final class DistinctKeys {
  private int[] places = {};
  private int[] distinct = {};
  private int count;

  /** Each number once, in the order in which they first occur; all are less than {@code limit}. */
  public int[] find(int[] numbers, int limit) {
    if (places.length < limit) {
      places = Arrays.copyOf(places, KeyTable.capacity(limit));
    }
    distinct = new int[numbers.length];
    count = 0;
    for (int number : numbers) {
      if (!contains(number)) {
        places[number] = count;
        distinct[count++] = number;
      }
    }
    distinct = Arrays.copyOf(distinct, count);
    return distinct;
  }

  /** Bytes of memory that are taken. */
  public long bytes() {
    return (long) Integer.BYTES * (places.length + distinct.length);
  }

  private boolean contains(int number) {
    int place = places[number];
    return place < count && distinct[place] == number;
  }

  /** Where a number stands among those found last, which it does. */
  public int indexOf(int number) {
    return places[number];
  }
}
