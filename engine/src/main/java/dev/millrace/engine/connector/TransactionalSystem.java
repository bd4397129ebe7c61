package dev.millrace.engine.connector;

/**
 * A system outside that makes all rows of an epoch visible in one transaction, whatever table they
 * go to. Immutable; equal ones are the same system.
 */
public interface TransactionalSystem {
  /** For messages. */
  String name();

  /**
   * Opens what all writers of a job share.
   *
   * @param job names the job for good: what it has committed is found again by that
   * @param run tells one run of the job, with all its recoveries, from one that began anew
   */
  EpochTransactions open(String job, String run);
}
