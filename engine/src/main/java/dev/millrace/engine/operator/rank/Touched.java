package dev.millrace.engine.operator.rank;

import dev.millrace.engine.state.KeyTable;
import java.util.Arrays;

/** Tells which keys a batch touches. Not thread-safe. 4 bytes per key. */
final class Touched {
  /** For each key the last batch that touched it. */
  private int[] touchedBy = {};

  private int batch;

  /** Each number once, in the order in which they first occur; all are less than {@code limit}. */
  int[] distinct(int[] numbers, int limit) {
    if (touchedBy.length < limit) {
      touchedBy = Arrays.copyOf(touchedBy, KeyTable.capacity(limit));
    }
    batch++;
    int[] distinct = new int[numbers.length];
    int count = 0;
    for (int number : numbers) {
      if (touchedBy[number] != batch) {
        touchedBy[number] = batch;
        distinct[count++] = number;
      }
    }
    return Arrays.copyOf(distinct, count);
  }
}
