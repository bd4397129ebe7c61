package dev.millrace.engine.operator.window;

import java.util.Arrays;

/** Numbers of sessions, the one that ends first on top: a binary heap. Not thread-safe. */
final class DueSessions {
  private long[] ends = new long[16];
  private int[] sessions = new int[16];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** The end that the topmost session had when it was added. */
  long firstEnd() {
    return ends[0];
  }

  void add(int session, long end) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, 2 * size);
      sessions = Arrays.copyOf(sessions, 2 * size);
    }
    int at = size++;
    while (at > 0 && ends[(at - 1) / 2] > end) {
      move((at - 1) / 2, at);
      at = (at - 1) / 2;
    }
    ends[at] = end;
    sessions[at] = session;
  }

  /** Bytes of memory that are taken. */
  long bytes() {
    return (long) (Long.BYTES + Integer.BYTES) * ends.length;
  }

  /** Takes the topmost session. */
  int take() {
    int taken = sessions[0];
    size--;
    long end = ends[size];
    int session = sessions[size];
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && ends[child + 1] < ends[child]) {
        child++;
      }
      if (ends[child] >= end) {
        break;
      }
      move(child, at);
      at = child;
    }
    ends[at] = end;
    sessions[at] = session;
    return taken;
  }

  private void move(int from, int to) {
    ends[to] = ends[from];
    sessions[to] = sessions[from];
  }
}
