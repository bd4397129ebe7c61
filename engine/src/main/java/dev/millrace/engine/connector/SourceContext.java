package dev.millrace.engine.connector;

import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.time.Clock;

/** Everything that a source reader needs from its surroundings. */
public interface SourceContext {
  /** Name for messages and metrics. */
  String name();

  /** Which parallel instance this is, from 0. */
  int subtask();

  int parallelism();

  Clock clock();

  /** Where rows that cannot be processed are reported. */
  default RowErrors errors() {
    return RowErrors.FAILING;
  }

  /** A counter of this instance, by name (see {@code Metrics}). */
  Counter counter(String name);

  /** Whether rows may be asked for again after a failure, until {@link SourceReader#completed}. */
  boolean checkpointing();

  /** The number of rows of a full batch. */
  int batchRows();

  /** Has the task polled soon; for other threads to call when they have read something. */
  void wake();
}
