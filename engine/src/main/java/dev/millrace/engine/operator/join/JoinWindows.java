package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Vector;
import java.util.Collection;
import java.util.TreeMap;

/** The windows that a {@link WindowJoin} keeps, by their end. */
final class JoinWindows {
  private final JoinSpec spec;
  private final TreeMap<Long, JoinWindow> windows = new TreeMap<>();

  /** What all windows take. */
  private long bytes;

  /** The rows of each input in all windows. */
  private final long[] rowCounts = new long[2];

  JoinWindows(JoinSpec spec) {
    this.spec = spec;
  }

  /** Adds rows of an input to the window with this end. */
  void add(long end, int input, Vector[] columns, int count) {
    JoinWindow window = windows.get(end);
    if (window == null) {
      window = new JoinWindow(spec);
      windows.put(end, window);
      bytes += window.bytes();
    }
    long before = window.bytes();
    int known = window.rowCount(input);
    window.add(input, columns, count);
    bytes += window.bytes() - before;
    rowCounts[input] += window.rowCount(input) - known;
  }

  boolean isEmpty() {
    return windows.isEmpty();
  }

  /** The earliest end; there must be one. */
  long firstEnd() {
    return windows.firstKey();
  }

  /** Takes the window with the earliest end out. */
  JoinWindow takeFirst() {
    JoinWindow first = windows.pollFirstEntry().getValue();
    bytes -= first.bytes();
    rowCounts[0] -= first.rowCount(0);
    rowCounts[1] -= first.rowCount(1);
    return first;
  }

  Collection<JoinWindow> all() {
    return windows.values();
  }

  long bytes() {
    return bytes;
  }

  long rowCount(int input) {
    return rowCounts[input];
  }
}
