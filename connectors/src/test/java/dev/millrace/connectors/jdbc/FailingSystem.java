package dev.millrace.connectors.jdbc;

import dev.millrace.engine.connector.EpochTransactions;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.connector.TransactionalSystem;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real system that a process loses touch with around its commits, now before one, now after one,
 * every so many commits.
 */
final class FailingSystem implements TransactionalSystem {
  private final TransactionalSystem system;
  private final int every;
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger failures = new AtomicInteger();

  FailingSystem(TransactionalSystem system, int every) {
    this.system = system;
    this.every = every;
  }

  int failures() {
    return failures.get();
  }

  @Override
  public String name() {
    return system.name();
  }

  @Override
  public EpochTransactions open(String job, String run) {
    return new Failing(system.open(job, run));
  }

  private final class Failing implements EpochTransactions {
    private final EpochTransactions transactions;

    Failing(EpochTransactions transactions) {
      this.transactions = transactions;
    }

    @Override
    public long recover() {
      return transactions.recover();
    }

    @Override
    public void begin(long epoch) {
      transactions.begin(epoch);
    }

    @Override
    public void commit(long epoch) {
      int number = commits.incrementAndGet();
      boolean fails = number % every == 0;
      if (fails && number % 2 == 0) {
        fail("before");
      }
      transactions.commit(epoch);
      if (fails) {
        fail("after");
      }
    }

    private void fail(String when) {
      failures.incrementAndGet();
      throw MillraceException.job("killed " + when + " a commit");
    }

    @Override
    public void close() {
      transactions.close();
    }
  }

  /** A sink of the system whose writers know nothing of it. */
  record FailingSink(Sink sink, FailingSystem system) implements Sink {
    @Override
    public SinkWriter writer(SinkContext context) {
      return sink.writer(new Inner(context, ((Failing) context.transactions()).transactions));
    }

    @Override
    public boolean blocking() {
      return sink.blocking();
    }
  }

  private record Inner(SinkContext context, EpochTransactions transactions) implements SinkContext {
    @Override
    public String name() {
      return context.name();
    }

    @Override
    public int subtask() {
      return context.subtask();
    }

    @Override
    public int parallelism() {
      return context.parallelism();
    }

    @Override
    public Clock clock() {
      return context.clock();
    }

    @Override
    public boolean checkpointing() {
      return context.checkpointing();
    }

    @Override
    public long firstEpoch() {
      return context.firstEpoch();
    }

    @Override
    public RowErrors errors() {
      return context.errors();
    }

    @Override
    public Counter counter(String name) {
      return context.counter(name);
    }
  }
}
