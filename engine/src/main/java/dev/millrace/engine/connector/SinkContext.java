package dev.millrace.engine.connector;

import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.time.Clock;

/** Everything that a sink writer needs from its surroundings. */
public interface SinkContext {
  /** Name for messages and metrics. */
  String name();

  /** Which parallel instance this is, from 0. */
  int subtask();

  int parallelism();

  Clock clock();

  /**
   * Whether the epochs of the job end with a snapshot: what {@link SinkWriter#endEpoch} prepares
   * becomes visible then.
   */
  boolean checkpointing();

  /** The number of the epoch that the writer's first rows belong to; the next ones count up. */
  long firstEpoch();

  /**
   * The transactions that the writer shares with those of other tables in the same system; null if
   * its sink has none.
   */
  EpochTransactions transactions();

  /** Where rows that cannot be processed are reported. */
  default RowErrors errors() {
    return RowErrors.FAILING;
  }

  /** A counter of this instance, by name (see {@code Metrics}). */
  Counter counter(String name);
}
