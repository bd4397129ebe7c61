package dev.millrace.engine.runtime;

import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.Clock;

/**
 * What all tasks of one job share.
 *
 * @param memory for state
 * @param firstEpoch that of the first rows
 */
record JobServices(
    JobConfig config,
    Metrics metrics,
    Waker waker,
    Transactions transactions,
    StateMemory memory,
    long firstEpoch) {
  /** The same for a job that begins with this epoch. */
  JobServices from(long epoch) {
    return new JobServices(config, metrics, waker, transactions, memory, epoch);
  }

  /** The same with metrics that nobody sees. */
  JobServices unwatched() {
    return new JobServices(config, new Metrics(), waker, transactions, memory, firstEpoch);
  }

  JobServices withClock(Clock clock) {
    return new JobServices(
        config.withClock(clock), metrics, waker, transactions, memory, firstEpoch);
  }
}
