package dev.millrace.engine.runtime;

import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;

/** What is told of a job's checkpoints. */
final class CheckpointMetrics {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Counter completed;
  private final Counter failed;
  private final Counter bytes;
  private final Counter millis;
  private final Counter time;

  CheckpointMetrics(Metrics metrics) {
    completed = metrics.counter(Metrics.CHECKPOINTS);
    failed = metrics.counter(Metrics.CHECKPOINTS_FAILED);
    bytes = metrics.counter(Metrics.CHECKPOINT_BYTES);
    millis = metrics.counter(Metrics.CHECKPOINT_DURATION);
    time = metrics.counter(Metrics.CHECKPOINT_END);
  }

  void completed(long size, long nanos, long at) {
    completed.add(1);
    bytes.set(size);
    millis.set(nanos / NANOS_PER_MILLI);
    time.set(at);
  }

  void failed() {
    failed.add(1);
  }
}
