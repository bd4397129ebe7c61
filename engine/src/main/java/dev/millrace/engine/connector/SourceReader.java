package dev.millrace.engine.connector;

import java.util.List;

/**
 * Reads the splits it is given into batches. Called by one thread at a time, which it must not
 * block: a client that blocks reads ahead on a thread of its own.
 */
public interface SourceReader extends AutoCloseable {
  /** Gives the reader one more split to read, from where the split says. */
  void addSplit(Split split);

  /**
   * Emits at most a few batches of what is there now and returns whether it emitted or consumed
   * anything. Hands on what there is at once when little is there, full batches when much is.
   */
  boolean poll(SourceOutput output);

  /**
   * What is left to read of an active split after all that was emitted: a split of the same id that
   * starts there.
   */
  Split remaining(Split split);

  /**
   * What was emitted before a barrier counts now and will never be asked for again. {@code
   * remaining} are the splits that stood in the snapshot, by the answers of {@link #remaining}.
   */
  default void completed(List<Split> remaining) {}

  /** Closes clients and files; what was read but not yet emitted is dropped. */
  @Override
  void close();
}
