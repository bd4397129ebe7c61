package dev.millrace.engine.connector;

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

  /** Closes clients and files; what was read but not yet emitted is dropped. */
  @Override
  void close();
}
