package dev.millrace.engine.checkpoint;

import java.time.Duration;

/**
 * How a job's state is saved.
 *
 * @param store where snapshots lie
 * @param run names this run of the job, with all its recoveries; any text that no other run has
 * @param interval from the beginning of one checkpoint to that of the next
 * @param minPause from the end of one checkpoint to the beginning of the next, at least
 * @param timeout after which a checkpoint that is not complete has failed
 * @param tolerableFailures failed checkpoints in a row that do not fail the job
 * @param retained how many checkpoints are kept
 * @param afterEnd whether they are kept when the job has ended
 */
public record Checkpointing(
    SnapshotStore store,
    String run,
    Duration interval,
    Duration minPause,
    Duration timeout,
    int tolerableFailures,
    int retained,
    Retention afterEnd) {
  /** Keeps its checkpoints when the job has ended. */
  public Checkpointing(
      SnapshotStore store,
      String run,
      Duration interval,
      Duration minPause,
      Duration timeout,
      int tolerableFailures,
      int retained) {
    this(
        store,
        run,
        interval,
        minPause,
        timeout,
        tolerableFailures,
        retained,
        Retention.RETAIN_ON_CANCELLATION);
  }

  /** The same for another run. */
  public Checkpointing withRun(String newRun) {
    return new Checkpointing(
        store, newRun, interval, minPause, timeout, tolerableFailures, retained, afterEnd);
  }
}
