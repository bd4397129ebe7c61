package dev.millrace.api;

import dev.millrace.engine.error.MillraceException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that a program gives to a table of its script, before the job starts or while it runs.
 * Thread-safe; for one job.
 *
 * <p>Unbounded: the caller's memory is the limit, since rows wait here until the job takes them
 * and, in a job with checkpoints, until one counts that they are part of.
 */
public final class MemorySource {
  private final List<Row> rows = new ArrayList<>();

  /** The number of the first row in the list, and of the first that is still needed. */
  private long first;

  private long needed;

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
    synchronized (rows) {
      rows.add(row);
    }
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

  /** Adds at most so many rows from the one with this number on to a list. */
  void read(long from, int count, List<Row> to) {
    synchronized (rows) {
      int start = Math.toIntExact(from - first);
      if (start < 0 || start > rows.size()) {
        throw MillraceException.job(
            "Rows that a job goes on from were in the memory of a program that has ended.");
      }
      to.addAll(rows.subList(start, Math.min(rows.size(), start + count)));
    }
  }

  /** Says that the rows before this one will not be read again. */
  void forget(long before) {
    synchronized (rows) {
      needed = Math.max(needed, before);
      int useless = Math.toIntExact(needed - first);
      if (useless > rows.size() / 2) {
        rows.subList(0, useless).clear();
        first = needed;
      }
    }
  }

  boolean ended() {
    return ended;
  }
}
