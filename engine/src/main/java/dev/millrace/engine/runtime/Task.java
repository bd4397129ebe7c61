package dev.millrace.engine.runtime;

/**
 * One parallel instance of a pipeline, run cooperatively: by any thread, but by one at a time.
 *
 * <p>Call order: {@link #open} once, {@link #run} until {@link #finished}, {@link #close} once,
 * also after a failure.
 */
interface Task {
  /** Name for messages and threads. */
  String name();

  /** Whether {@link #run} may block, so that the task needs a thread of its own. */
  boolean blocking();

  void open();

  /** Moves a few batches at most; returns whether anything moved. */
  boolean run();

  /**
   * Whether other tasks have left something to do for this one, or that is not known; any thread
   * may ask.
   */
  default boolean hasWork() {
    return true;
  }

  boolean finished();

  /** Measures the calls of {@link #run}. */
  TaskMeter meter();

  void close();
}
