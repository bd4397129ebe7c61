package dev.millrace.engine.connector;

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

  /** A counter of this instance, by name (see {@code Metrics}). */
  Counter counter(String name);
}
