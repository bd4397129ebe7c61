package dev.millrace.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.Checkpointing;
import dev.millrace.engine.checkpoint.SnapshotStore;
import dev.millrace.engine.connector.SplitEnumerator.Assignment;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.StatelessOperator;
import dev.millrace.engine.runtime.NumbersSource.Numbers;
import dev.millrace.engine.runtime.RestartStrategy.ExponentialDelay;
import dev.millrace.engine.runtime.RestartStrategy.FailureRate;
import dev.millrace.engine.runtime.RestartStrategy.FixedDelay;
import dev.millrace.engine.runtime.RestartStrategy.None;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RestartTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();
  private static final Exchange FORWARD = new Exchange.Forward();

  private final Killed.Chance never = new Killed.Chance(new Random(1));
  private final SimulatedLedger ledger = new SimulatedLedger("ledger", never);
  private final SimulatedBlobs disk = new SimulatedBlobs(never, new Random(1));

  /** Hands rows on, but fails so many times before that. */
  private static final class FailsAtFirst extends StatelessOperator {
    private final AtomicInteger failures;
    private final Supplier<RuntimeException> failure;
    private int batches;

    FailsAtFirst(AtomicInteger failures, Supplier<RuntimeException> failure) {
      this.failures = failures;
      this.failure = failure;
    }

    @Override
    public void process(int input, Batch batch) {
      batches++;
      if (batches > 20 && failures.getAndDecrement() > 0) {
        throw failure.get();
      }
      emit(batch);
    }
  }

  private Dataflow dataflow(int failures, Supplier<RuntimeException> failure) {
    AtomicInteger left = new AtomicInteger(failures);
    NumbersSource source =
        new NumbersSource(
            Assignment.EAGER,
            5,
            new Numbers("a", 0, 2000, true),
            new Numbers("b", 5000, 3000, true));
    return new Dataflow(
        List.of(
            new SourceNode(1, "numbers[1]", "", source, NumbersSource.ROW, null),
            new OperatorNode(
                2,
                "fails[2]",
                "",
                List.of(new Input(1, FORWARD)),
                NumbersSource.ROW,
                0,
                () -> new FailsAtFirst(left, failure)),
            new SinkNode(
                3, "ledger[3]", "", new Input(2, FORWARD), ledger.table(NumbersSource.ROW))));
  }

  private JobConfig config(RestartStrategy restarts) {
    return JobConfig.named("job")
        .withParallelism(2)
        .withRestarts(restarts)
        .withCheckpointing(
            new Checkpointing(
                new SnapshotStore(disk, "job"),
                "run",
                Duration.ofMillis(1),
                Duration.ZERO,
                Duration.ofMinutes(1),
                0,
                1));
  }

  private List<Long> written() {
    return ledger.rows().stream().map(row -> (Long) row.get(0)).sorted().toList();
  }

  private static List<Long> all() {
    return LongStream.concat(LongStream.range(0, 2000), LongStream.range(5000, 8000))
        .boxed()
        .toList();
  }

  private static RuntimeException unlucky() {
    return new IllegalStateException("unlucky");
  }

  @Test
  void aJobThatFailsGoesOnFromItsLastCheckpoint() throws InterruptedException {
    Job job =
        Job.start(
            dataflow(4, RestartTest::unlucky), config(new FixedDelay(4, Duration.ofMillis(1))));
    job.await();
    assertThat(written()).isEqualTo(all());
    assertThat(job.metrics().counter(Metrics.CHECKPOINTS).get()).isPositive();
  }

  @Test
  void whenAttemptsAreUsedUpTheJobFailsWithTheLastFailure() {
    Job job =
        Job.start(
            dataflow(Integer.MAX_VALUE, RestartTest::unlucky),
            config(new FixedDelay(2, Duration.ofMillis(1))));
    assertThatThrownBy(job::await).hasMessageContaining("unlucky");
    assertThat(job.failed()).isTrue();
  }

  @Test
  void aUsersErrorIsNotTriedAgain() {
    Job job =
        Job.start(
            dataflow(1, () -> MillraceException.usage("wrong")),
            config(new FixedDelay(100, Duration.ofMillis(1))));
    assertThatThrownBy(job::await).hasMessage("wrong");
  }

  @Test
  void aJobThatWaitsForItsRestartCanBeCancelled() {
    Job job =
        Job.start(dataflow(1, RestartTest::unlucky), config(new FixedDelay(1, Duration.ofDays(1))));
    while (job.notReady().isEmpty()) {
      Thread.onSpinWait();
    }
    job.cancel();
    assertThatThrownBy(job::await).hasMessageContaining("cancelled");
  }

  @Test
  void stoppingEndsOneMoreEpochFromWhichTheJobIsResumed() throws InterruptedException {
    Dataflow dataflow = dataflow(0, RestartTest::unlucky);
    Job job = Job.start(dataflow, config(new None()));
    job.stop();
    job.await();
    assertThat(written()).doesNotHaveDuplicates();
    Job resumed = Job.resume(dataflow, config(new None()));
    resumed.await();
    assertThat(written()).isEqualTo(all());
  }

  @Test
  void failureRateCountsWithinItsInterval() {
    Restarts restarts =
        new Restarts(
            new FailureRate(2, Duration.ofSeconds(10), Duration.ofMillis(5)), new Random(1));
    Optional<Duration> again = Optional.of(Duration.ofMillis(5));
    assertThat(restarts.failed(0)).isEqualTo(again);
    assertThat(restarts.failed(SECOND)).isEqualTo(again);
    assertThat(restarts.failed(12 * SECOND)).isEqualTo(again);
    assertThat(restarts.failed(13 * SECOND)).isEqualTo(again);
    assertThat(restarts.failed(14 * SECOND)).isEmpty();
  }

  @Test
  void exponentialDelayGrowsUntilAttemptsLastLongEnough() {
    Restarts restarts =
        new Restarts(
            new ExponentialDelay(
                Duration.ofSeconds(1), Duration.ofSeconds(3), 2, Duration.ofMinutes(1), 0, 4),
            new Random(1));
    restarts.started(0);
    assertThat(restarts.failed(SECOND)).contains(Duration.ofSeconds(1));
    assertThat(restarts.failed(2 * SECOND)).contains(Duration.ofSeconds(2));
    assertThat(restarts.failed(3 * SECOND)).contains(Duration.ofSeconds(3));
    restarts.started(10 * SECOND);
    assertThat(restarts.failed(100 * SECOND)).contains(Duration.ofSeconds(1));
    restarts.started(100 * SECOND);
    for (int i = 0; i < 3; i++) {
      assertThat(restarts.failed(101 * SECOND)).isPresent();
    }
    assertThat(restarts.failed(102 * SECOND)).isEmpty();
  }
}
