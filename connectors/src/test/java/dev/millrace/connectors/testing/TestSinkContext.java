package dev.millrace.connectors.testing;

import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.SimulatedClock;
import java.time.Duration;

/** One sink writer alone, with a clock that a test moves. */
public record TestSinkContext(int subtask, int parallelism, SimulatedClock clock, Metrics metrics)
    implements SinkContext {
  public TestSinkContext() {
    this(0, 1);
  }

  public TestSinkContext(int subtask, int parallelism) {
    this(subtask, parallelism, new SimulatedClock(Duration.ofDays(1)), new Metrics());
  }

  @Override
  public String name() {
    return "sink";
  }

  @Override
  public Counter counter(String counterName) {
    return metrics.counter(name(), subtask, counterName);
  }
}
