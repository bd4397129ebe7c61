package dev.millrace.api;

import java.time.Duration;

/** A job on one of the engines. Thread-safe. */
interface RunningJob {
  /** Waits for the end; throws the job's failure. */
  void await() throws InterruptedException;

  /** Waits for the end but no longer than this; returns whether it came. */
  boolean await(Duration timeout) throws InterruptedException;

  void stop();

  void cancel();

  /** See {@link Job#savepoint}. */
  String savepoint(String directory, boolean stop) throws InterruptedException;

  /** Rows and watermark so far. */
  JobStatus status();
}
