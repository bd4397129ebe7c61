package dev.millrace.engine.state;

import dev.millrace.engine.batch.Vector;
import java.util.Arrays;
import java.util.List;

/** The order of rows that are at hand. Not thread-safe. */
public final class SortedOrder {
  private final SortKeyCodec keys;

  /** Throws {@code UnsupportedException} if rows cannot be ordered so. */
  public SortedOrder(List<SortColumn> order) {
    this.keys = new SortKeyCodec(order);
  }

  /** The positions of the first {@code count} rows in their order, equal ones as they stand. */
  public int[] of(Vector[] columns, int count) {
    keys.encode(columns, count);
    int[] from = new int[count];
    Arrays.setAll(from, i -> i);
    int[] to = new int[count];
    for (long width = 1; width < count; width *= 2) {
      for (long start = 0; start < count; start += 2 * width) {
        int middle = (int) Math.min(start + width, count);
        merge(from, (int) start, middle, (int) Math.min(start + 2 * width, count), to);
      }
      int[] merged = to;
      to = from;
      from = merged;
    }
    return from;
  }

  /** Bytes of memory that are taken. */
  public long bytes() {
    return keys.bytes();
  }

  private void merge(int[] from, int start, int middle, int end, int[] to) {
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takeLeft = left < middle && (right >= end || compare(from[left], from[right]) <= 0);
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  private int compare(int one, int other) {
    byte[] data = keys.data();
    int start = keys.start(one);
    int otherStart = keys.start(other);
    return Arrays.compareUnsigned(
        data, start, start + keys.length(one), data, otherStart, otherStart + keys.length(other));
  }
}
