package dev.millrace.benchmarks.checksum;

import java.util.concurrent.atomic.LongAdder;

/** What all checksum sinks of this process have taken together. Thread-safe. */
public final class ChecksumResult {
  private static final LongAdder ROWS = new LongAdder();
  private static final LongAdder SUM = new LongAdder();

  private ChecksumResult() {}

  /** Of these rows: those that stay less those that they take back, and their hashes likewise. */
  static void add(long rows, long sum) {
    ROWS.add(rows);
    SUM.add(sum);
  }

  /** How many rows are left; one that takes another back counts against it. */
  public static long rows() {
    return ROWS.sum();
  }

  /** The sum of the rows' hashes; deletions and updates count against those that they take back. */
  public static long sum() {
    return SUM.sum();
  }
}
