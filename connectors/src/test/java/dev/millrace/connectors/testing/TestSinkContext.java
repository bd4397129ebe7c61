package dev.millrace.connectors.testing;

import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.SimulatedClock;
import java.time.Duration;

/** One sink writer alone, with a clock that a test moves. */
public record TestSinkContext(
    int subtask,
    int parallelism,
    boolean checkpointing,
    EpochTransactions transactions,
    RowErrors errors,
    SimulatedClock clock,
    Metrics metrics)
    implements SinkContext {
  public TestSinkContext() {
    this(0, 1);
  }

  public TestSinkContext(int subtask, int parallelism) {
    this(
        subtask,
        parallelism,
        false,
        null,
        RowErrors.FAILING,
        new SimulatedClock(Duration.ofDays(1)),
        new Metrics());
  }

  @Override
  public String name() {
    return "write[2]";
  }

  /** A writer of a job with checkpoints. */
  public TestSinkContext withCheckpoints() {
    return withTransactions(null);
  }

  /** A writer of a job with checkpoints that writes in these transactions, if not null. */
  public TestSinkContext withTransactions(EpochTransactions newTransactions) {
    return new TestSinkContext(subtask, parallelism, true, newTransactions, errors, clock, metrics);
  }

  /** A writer that reports rows there which it cannot write. */
  public TestSinkContext withErrors(RowErrors newErrors) {
    return new TestSinkContext(
        subtask, parallelism, checkpointing, transactions, newErrors, clock, metrics);
  }

  @Override
  public long firstEpoch() {
    return 1;
  }

  @Override
  public Counter counter(String counterName) {
    return metrics.counter(name(), subtask, counterName);
  }
}
