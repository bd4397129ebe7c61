package dev.millrace.engine.state;

import java.util.Arrays;

/**
 * Keys in the order of the times at which something is due for them: a binary heap. A key may be
 * there several times. Not thread-safe. 12 bytes per entry, times the slack of arrays that grow by
 * half.
 */
public final class Timers {
  private long[] times = new long[16];
  private int[] keys = new int[16];
  private int size;

  /** Notes that something is due for a key at a time. */
  public void add(long time, int key) {
    if (size == times.length) {
      times = Arrays.copyOf(times, KeyTable.capacity(size + 1));
      keys = Arrays.copyOf(keys, times.length);
    }
    int at = size++;
    while (at > 0 && times[(at - 1) / 2] > time) {
      times[at] = times[(at - 1) / 2];
      keys[at] = keys[(at - 1) / 2];
      at = (at - 1) / 2;
    }
    times[at] = time;
    keys[at] = key;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** Whether something is due at {@code time} or before. */
  public boolean isDue(long time) {
    return size > 0 && times[0] <= time;
  }

  /** The earliest time; there must be one. */
  public long firstTime() {
    return times[0];
  }

  /** Takes the entry with the earliest time out; returns its key. */
  public int poll() {
    int first = keys[0];
    long time = times[--size];
    int key = keys[size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      child += child + 1 < size && times[child + 1] < times[child] ? 1 : 0;
      if (times[child] >= time) {
        break;
      }
      times[at] = times[child];
      keys[at] = keys[child];
      at = child;
    }
    times[at] = time;
    keys[at] = key;
    return first;
  }

  public long bytes() {
    return (long) (Long.BYTES + Integer.BYTES) * times.length;
  }
}
