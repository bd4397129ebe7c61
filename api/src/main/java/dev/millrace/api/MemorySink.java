package dev.millrace.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Keeps the rows that a job writes to a table of its script. Thread-safe; for one job. */
public final class MemorySink {
  private final List<Row> rows = new ArrayList<>();

  /** The rows so far, in the order in which they came. */
  public synchronized List<Row> rows() {
    return List.copyOf(rows);
  }

  /** Waits until at least {@code count} rows are there; returns whether they came in time. */
  public synchronized boolean awaitRows(int count, Duration timeout) throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (rows.size() < count) {
      long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  synchronized void add(Row row) {
    rows.add(row);
    notifyAll();
  }
}
