package dev.millrace.benchmarks;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.operator.Output;
import dev.millrace.engine.operator.aggregate.GroupAggregate;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.ref.Reference;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures the memory that a GROUP BY takes for each key. */
@Command(
    name = "state",
    description = {
      "Counts rows by distinct BIGINT keys and prints the live heap per key: what is in use right",
      "after a full collection, less what was before. The operator alone, without source and sink."
    },
    footer = {"", "Example:", "  millrace bench state --keys 20000000"})
final class StateCommand implements Callable<Integer> {
  private static final int BATCH = 4096;
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);

  /** Odd, so that its multiples are distinct. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  @Spec private CommandSpec spec;

  @Option(
      names = "--keys",
      defaultValue = "20000000",
      paramLabel = "N",
      description = "How many keys (default: 20000000).")
  private int keys;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    long before = liveBytes();
    GroupAggregate aggregate = countByKey();
    double seconds;
    long bytes;
    try {
      long start = System.nanoTime();
      for (int first = 0; first < keys; first += BATCH) {
        aggregate.process(0, batch(first, Math.min(BATCH, keys - first)));
      }
      seconds = (System.nanoTime() - start) / 1e9;
      bytes = liveBytes() - before;
    } finally {
      Reference.reachabilityFence(aggregate);
    }
    out.printf(
        Locale.ROOT,
        "%,d keys  %.1f bytes a key  %.2f million rows/s%n",
        keys,
        (double) bytes / keys,
        keys / seconds / 1e6);
    out.flush();
    return 0;
  }

  /** {@code SELECT k, COUNT(*) FROM t GROUP BY k} over rows that are never taken back. */
  private static GroupAggregate countByKey() {
    AggregateCall count =
        new AggregateCall("COUNT", List.of(), List.of(), -1, false, false, false, BIGINT);
    GroupAggregate aggregate =
        new GroupAggregate(
            new GroupAggregate.Spec(
                List.of(0), List.of(BIGINT), List.of(BIGINT), false, false, false, 0),
            new Aggregates(List.of(count)));
    aggregate.open(new Discarding());
    return aggregate;
  }

  private static Batch batch(int first, int count) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = (first + i) * SPREAD;
    }
    return new Batch(count, new Vector[] {new LongVector(count, values, null)});
  }

  private static long liveBytes() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** A context without a consumer. */
  private static final class Discarding implements OperatorContext, Output {
    private final Clock clock = Clock.SYSTEM;

    @Override
    public String name() {
      return "GroupAggregate";
    }

    @Override
    public int subtask() {
      return 0;
    }

    @Override
    public int parallelism() {
      return 1;
    }

    @Override
    public Output output() {
      return this;
    }

    @Override
    public Clock clock() {
      return clock;
    }

    @Override
    public EvaluationContext evaluation() {
      return new EvaluationContext(ZoneOffset.UTC, clock);
    }

    @Override
    public Counter counter(String name) {
      return new Counter();
    }

    @Override
    public void emit(Batch batch) {}

    @Override
    public void emitWatermark(long timestamp) {}

    @Override
    public void emitIdle(boolean idle) {}
  }
}
