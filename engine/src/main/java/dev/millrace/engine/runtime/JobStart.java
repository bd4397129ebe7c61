package dev.millrace.engine.runtime;

/**
 * Where a job begins.
 *
 * @param snapshot what it goes on from
 * @param epoch the number of the epoch that it begins after
 * @param fresh whether this run has no snapshot of that epoch yet
 */
record JobStart(JobSnapshot snapshot, long epoch, boolean fresh) {
  /** From the beginning, with numbers of epochs that were not in use yet. */
  static JobStart fresh(long epoch) {
    return new JobStart(JobSnapshot.NONE, epoch, true);
  }

  /** A new run with the state of another one. */
  static JobStart from(JobSnapshot snapshot, long epoch) {
    return new JobStart(snapshot, epoch, true);
  }

  static JobStart after(JobSnapshot snapshot) {
    return new JobStart(snapshot, snapshot.epoch(), false);
  }
}
