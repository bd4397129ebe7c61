package dev.millrace.engine.connector;

import java.time.Duration;
import java.util.List;

/** Finds the splits of a source. Called by one thread, which may block. */
public interface SplitEnumerator extends AutoCloseable {
  /** How splits get to readers. */
  enum Assignment {
    /** Dealt out evenly as they are found; a reader works on all of its splits at once. */
    EAGER,
    /** Fetched one by one: a reader gets the next split when it has finished the last. */
    ON_DEMAND
  }

  Assignment assignment();

  /** Says how many readers there are; called once, before anything else. */
  default void open(int readers) {}

  /**
   * Says which splits were found before, by a job that this one goes on for, and how far they are
   * read; they must not be found again. Called once, after {@link #open}, if at all.
   */
  void restore(List<Split> known);

  /** The splits that were not returned before. Throws a user's error if the outside is at fault. */
  List<Split> discover();

  /** Pause until {@link #discover} is called again; null when the first call found everything. */
  Duration interval();

  @Override
  default void close() {}
}
