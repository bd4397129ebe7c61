package dev.millrace.benchmarks.checksum;

import java.util.concurrent.atomic.LongAdder;

/** What all checksum sinks of this process have taken together. Thread-safe. */
public final class ChecksumResult {
  private static final LongAdder ROWS = new LongAdder();
  private static final LongAdder SUM = new LongAdder();

  private ChecksumResult() {}

  static void add(long rows, long sum) {
    ROWS.add(rows);
    SUM.add(sum);
  }

  public static long rows() {
    return ROWS.sum();
  }

  /** The sum of the rows' hashes; deletions and updates count against those that they take back. */
  public static long sum() {
    return SUM.sum();
  }
}
