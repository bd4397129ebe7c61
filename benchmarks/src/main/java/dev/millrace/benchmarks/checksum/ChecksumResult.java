package dev.millrace.benchmarks.checksum;

import dev.millrace.benchmarks.ChildProcess;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What all checksum sinks of this process have taken together: of tables with a primary key the
 * last row of each key. Thread-safe.
 */
public final class ChecksumResult {
  private static final LongAdder ROWS = new LongAdder();
  private static final LongAdder SUM = new LongAdder();

  /** The hash of the last row by that of its key. */
  private static final Map<Long, Long> LAST = new ConcurrentHashMap<>();

  private ChecksumResult() {}

  /** Of these rows: those that stay less those that they take back, and their hashes likewise. */
  static void add(long rows, long sum) {
    ROWS.add(rows);
    SUM.add(sum);
  }

  /** Of a row with a key: what that key has now, or what it has no more. */
  static void change(long keyHash, long rowHash, boolean takesBack) {
    if (takesBack) {
      LAST.remove(keyHash, rowHash);
    } else {
      LAST.put(keyHash, rowHash);
    }
  }

  /** How many rows are left; one that takes another back counts against it. */
  public static long rows() {
    return ROWS.sum() + LAST.size();
  }

  /** The sum of the rows' hashes; deletions and updates count against those that they take back. */
  public static long sum() {
    return SUM.sum() + LAST.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Prints both for the parent process. */
  public static void report() {
    ChildProcess.report("rows", rows());
    ChildProcess.report("checksum", sum());
  }
}
