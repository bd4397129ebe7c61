package dev.millrace.flink;

/** A job on an embedded Flink. Thread-safe. */
public interface FlinkJob {
  /**
   * Waits until the job is over and its rows are handed on; returns also when it was stopped.
   *
   * @throws dev.millrace.engine.error.MillraceException if the job failed, naming the cause
   */
  void await() throws InterruptedException;

  /** Ends the job after what its sources have read so far; its sinks commit. Returns at once. */
  void stop();

  /** Ends the job where it stands. Returns at once. */
  void cancel();
}
