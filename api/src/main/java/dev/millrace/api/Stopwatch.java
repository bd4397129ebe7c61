package dev.millrace.api;

import dev.millrace.api.JobStatus.State;
import java.time.Duration;

/** How long a job has run; stands still from the first look after its end. Thread-safe. */
final class Stopwatch {
  private final long startNanos = System.nanoTime();
  private volatile Duration atEnd;

  Duration running(boolean finished) {
    Duration end = atEnd;
    if (end != null) {
      return end;
    }
    Duration now = Duration.ofNanos(System.nanoTime() - startNanos);
    if (finished) {
      atEnd = now;
    }
    return now;
  }

  State state(boolean finished, boolean failed) {
    if (!finished) {
      return State.RUNNING;
    }
    return failed ? State.FAILED : State.FINISHED;
  }
}
