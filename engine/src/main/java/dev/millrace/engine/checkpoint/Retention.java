package dev.millrace.engine.checkpoint;

/** Which checkpoints outlive their job, under Flink's names. Savepoints always do. */
public enum Retention {
  /** All: what a job was when it ended can be gone on from. */
  RETAIN_ON_CANCELLATION,
  /** Those of a job that failed. */
  DELETE_ON_CANCELLATION,
  /** None. */
  NO_EXTERNALIZED_CHECKPOINTS;

  /** Whether the checkpoints of a job that has ended are kept. */
  public boolean keeps(boolean failed) {
    return this == RETAIN_ON_CANCELLATION || (failed && this == DELETE_ON_CANCELLATION);
  }
}
