package dev.millrace.api;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Rows that a program gives to a table of its script, before the job starts or while it runs.
 * Thread-safe; for one job.
 *
 * <p>Unbounded: the caller's memory is the limit, since rows wait here until the job takes them.
 */
public final class MemorySource {
  private final Queue<Row> rows = new ConcurrentLinkedQueue<>();
  private volatile boolean ended;
  private volatile Runnable listener = () -> {};

  /** A source that holds these rows and has ended. */
  public static MemorySource of(Row... rows) {
    MemorySource source = new MemorySource();
    for (Row row : rows) {
      source.add(row);
    }
    source.end();
    return source;
  }

  /** Adds a row, with a value for each physical column of the table. */
  public void add(Row row) {
    if (ended) {
      throw new IllegalStateException("the source has ended");
    }
    rows.add(row);
    listener.run();
  }

  /** Says that no row comes any more, so that the job can end. */
  public void end() {
    ended = true;
    listener.run();
  }

  /** {@code newListener} is called after each change, by the thread that made it. */
  void onChange(Runnable newListener) {
    listener = newListener;
  }

  Row poll() {
    return rows.poll();
  }

  boolean ended() {
    return ended;
  }
}
