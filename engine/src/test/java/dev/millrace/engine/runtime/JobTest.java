package dev.millrace.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.connector.SplitEnumerator.Assignment;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Exchange;
import dev.millrace.engine.dataflow.Node.Input;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SinkNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.dataflow.WatermarkStrategy;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.InputRef;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.Calc;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.operator.StatelessOperator;
import dev.millrace.engine.operator.Union;
import dev.millrace.engine.operator.WatermarkAssigner;
import dev.millrace.engine.operator.rank.FirstArrivals;
import dev.millrace.engine.runtime.NumbersSource.Numbers;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobTest {
  private static final Exchange FORWARD = new Exchange.Forward();
  private static final Exchange BY_NUMBER = new Exchange.Hash(List.of(0));
  private static final Duration LONG = Duration.ofHours(1);

  private final CollectingSink sink = new CollectingSink(false);

  /** Keeps even numbers. */
  private record Even() implements Expression {
    @Override
    public DataType type() {
      return DataType.of(TypeRoot.BOOLEAN);
    }

    @Override
    public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
      long[] numbers = ((LongVector) rows.take(batch.column(0))).values();
      boolean[] even = new boolean[rows.count()];
      for (int i = 0; i < even.length; i++) {
        even[i] = numbers[i] % 2 == 0;
      }
      return new BooleanVector(even.length, even, null);
    }
  }

  /** Fails at every row. */
  private record Failing() implements Expression {
    @Override
    public DataType type() {
      return NumbersSource.ROW.child(1);
    }

    @Override
    public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
      context.fail(0, "no watermark to be had", null);
      return batch.column(1);
    }
  }

  /** Records the watermarks that pass, the rows that come after theirs, and how the input ended. */
  private static final class Probe extends StatelessOperator {
    final List<Long> watermarks = new ArrayList<>();
    final List<Long> late = new ArrayList<>();
    final List<Boolean> idles = new ArrayList<>();

    @Override
    public void process(int input, Batch batch) {
      long[] times = ((TimestampVector) batch.column(1)).millis();
      for (int i = 0; i < batch.rowCount(); i++) {
        if (!watermarks.isEmpty() && times[i] <= watermarks.get(watermarks.size() - 1)) {
          late.add(times[i]);
        }
      }
      emit(batch);
    }

    @Override
    public void watermark(long timestamp) {
      watermarks.add(timestamp);
      super.watermark(timestamp);
    }

    @Override
    public void idle(boolean idle) {
      idles.add(idle);
      super.idle(idle);
    }
  }

  private static SourceNode source(int id, WatermarkStrategy watermarks, NumbersSource source) {
    return new SourceNode(
        id, "Source[" + id + "]", "numbers", source, NumbersSource.ROW, watermarks);
  }

  private static OperatorNode operator(
      int id, int parallelism, Supplier<Operator> operator, Input... inputs) {
    return new OperatorNode(
        id,
        "Operator[" + id + "]",
        "operator",
        List.of(inputs),
        NumbersSource.ROW,
        parallelism,
        operator);
  }

  private static Operator evenNumbers() {
    return new Calc(new Even(), List.of(new InputRef(0, NumbersSource.ROW.child(0))));
  }

  private static WatermarkStrategy byTime(Duration idleTimeout) {
    return new WatermarkStrategy(() -> new InputRef(1, NumbersSource.ROW.child(1)), idleTimeout);
  }

  private static JobConfig config(int parallelism) {
    return JobConfig.named("test").withParallelism(parallelism).withChannelCapacity(2);
  }

  private Dataflow filterByKey(NumbersSource numbers) {
    return new Dataflow(
        List.of(
            source(1, null, numbers),
            operator(2, 0, JobTest::evenNumbers, new Input(1, BY_NUMBER)),
            new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), sink)));
  }

  private static NumbersSource threeSplits(Assignment assignment) {
    return new NumbersSource(
        assignment,
        7,
        new Numbers("a", 0, 100, true),
        new Numbers("b", 100, 0, true),
        new Numbers("c", 100, 900, true));
  }

  private static List<Long> evenBelow(long limit) {
    return LongStream.range(0, limit).filter(n -> n % 2 == 0).boxed().toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void everyRowArrivesOnceUnderAnyInterleaving(int parallelism) {
    for (long seed = 0; seed < 50; seed++) {
      CollectingSink collected = new CollectingSink(seed % 2 == 0);
      Dataflow dataflow =
          new Dataflow(
              List.of(
                  source(
                      1,
                      null,
                      threeSplits(seed % 2 == 0 ? Assignment.EAGER : Assignment.ON_DEMAND)),
                  operator(2, 0, JobTest::evenNumbers, new Input(1, BY_NUMBER)),
                  new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), collected)));
      Simulation simulation = new Simulation(dataflow, config(parallelism), seed);

      assertThat(simulation.run(LONG)).as("ends, seed %d", seed).isTrue();
      assertThat(collected.sorted()).as("seed %d", seed).isEqualTo(evenBelow(1000));
      assertThat(collected.finishedWriters.get()).isEqualTo(parallelism);
      assertThat(collected.closedWriters.get()).isEqualTo(parallelism);
    }
  }

  @Test
  void sameSeedGivesTheSameOrder() {
    List<List<Long>> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      CollectingSink collected = new CollectingSink(false);
      Dataflow dataflow =
          new Dataflow(
              List.of(
                  source(1, null, threeSplits(Assignment.EAGER)),
                  operator(2, 1, JobTest::evenNumbers, new Input(1, new Exchange.Single())),
                  new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), collected)));
      new Simulation(dataflow, config(3), 42).run(LONG);
      runs.add(collected.rowsByWriter.get(0));
    }
    assertThat(runs.get(0)).isEqualTo(runs.get(1));
  }

  @Test
  void runsOnThreads() throws InterruptedException {
    CollectingSink blocking = new CollectingSink(true);
    Dataflow dataflow =
        new Dataflow(
            List.of(
                source(1, null, threeSplits(Assignment.ON_DEMAND)),
                operator(2, 0, JobTest::evenNumbers, new Input(1, BY_NUMBER)),
                new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), sink),
                new SinkNode(4, "Sink[4]", "sink", new Input(2, FORWARD), blocking)));
    Job job = Job.start(dataflow, config(3));

    assertThat(job.await(Duration.ofSeconds(60))).isTrue();
    assertThat(sink.sorted()).isEqualTo(evenBelow(1000));
    assertThat(blocking.sorted()).isEqualTo(evenBelow(1000));
    assertThat(blocking.closedWriters.get()).isEqualTo(3);
    assertThat(job.metrics().total("Source[1]", Metrics.ROWS_IN)).isEqualTo(1000);
    assertThat(job.metrics().total("Sink[3]", Metrics.ROWS_OUT)).isEqualTo(500);
  }

  @Test
  void showsWhatStateTakes() throws InterruptedException {
    Dataflow dataflow =
        new Dataflow(
            List.of(
                source(1, null, threeSplits(Assignment.ON_DEMAND)),
                operator(2, 0, JobTest::firstNumbers, new Input(1, BY_NUMBER)),
                operator(3, 0, JobTest::evenNumbers, new Input(2, FORWARD)),
                new SinkNode(4, "Sink[4]", "sink", new Input(3, FORWARD), sink)));
    Job job = Job.start(dataflow, config(3));

    assertThat(job.await(Duration.ofSeconds(60))).isTrue();
    assertThat(job.metrics().total("Operator[2]", Metrics.STATE_BYTES))
        .isBetween(16 * 1000L, 64 * 1000L);
    assertThat(job.metrics().all().keySet())
        .filteredOn(key -> key.name().equals(Metrics.STATE_BYTES))
        .extracting(Metrics.Key::owner)
        .containsOnly("Operator[2]")
        .hasSize(3);
  }

  private static Operator firstNumbers() {
    return new FirstArrivals(List.of(0), List.of(DataType.of(TypeRoot.BIGINT)), 0);
  }

  @Test
  void unionMergesItsInputsAndTheirWatermarks() {
    Probe probe = new Probe();
    Dataflow dataflow =
        new Dataflow(
            List.of(
                source(
                    1,
                    byTime(null),
                    new NumbersSource(Assignment.EAGER, 10, new Numbers("a", 0, 100, true))),
                source(
                    2,
                    byTime(null),
                    new NumbersSource(Assignment.EAGER, 10, new Numbers("b", 1000, 50, false))),
                operator(3, 1, Union::new, new Input(1, FORWARD), new Input(2, FORWARD)),
                operator(4, 1, () -> probe, new Input(3, FORWARD)),
                new SinkNode(5, "Sink[5]", "sink", new Input(4, FORWARD), sink)));
    Simulation simulation = new Simulation(dataflow, config(1), 7);

    assertThat(simulation.run(Duration.ofSeconds(5))).as("one input never ends").isFalse();
    assertThat(sink.sorted()).hasSize(150);
    assertThat(probe.watermarks).isSorted().last().isEqualTo(1049L);
    assertThat(probe.watermarks).contains(99L);
  }

  @Test
  void watermarkIsTheLowestOfTheSplitsAndEndsWithTheInput() {
    Probe probe = new Probe();
    Dataflow dataflow =
        new Dataflow(
            List.of(
                source(
                    1,
                    byTime(null),
                    new NumbersSource(
                        Assignment.EAGER,
                        10,
                        new Numbers("a", 500, 100, true),
                        new Numbers("b", 0, 30, true))),
                operator(2, 1, () -> probe, new Input(1, FORWARD)),
                new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), sink)));

    assertThat(new Simulation(dataflow, config(1), 1).run(LONG)).isTrue();
    assertThat(probe.watermarks).isSorted().contains(29L).endsWith(Watermarks.END);
  }

  @Test
  void idleSplitIsLeftOut() {
    Probe probe = new Probe();
    Dataflow dataflow =
        new Dataflow(
            List.of(
                source(
                    1,
                    byTime(Duration.ofSeconds(1)),
                    new NumbersSource(
                        Assignment.EAGER,
                        10,
                        new Numbers("silent", 0, 0, false),
                        new Numbers("b", 0, 30, true))),
                operator(2, 1, () -> probe, new Input(1, FORWARD)),
                new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), sink)));
    Simulation simulation = new Simulation(dataflow, config(1), 1);

    assertThat(simulation.run(Duration.ofSeconds(3))).isFalse();
    assertThat(probe.idles).last().isEqualTo(true);
  }

  @Test
  void rowsAfterAPauseComeBeforeTheirWatermark() {
    Probe probe = new Probe();
    Dataflow dataflow =
        new Dataflow(
            List.of(
                new SourceNode(
                    1,
                    "Source[1]",
                    "numbers",
                    new PausingSource(5, Duration.ofSeconds(10)),
                    NumbersSource.ROW,
                    byTime(Duration.ofSeconds(1))),
                operator(2, 1, () -> probe, new Input(1, FORWARD)),
                new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), sink)));

    assertThat(new Simulation(dataflow, config(1), 1).run(LONG)).isTrue();
    assertThat(probe.idles).as("it was idle meanwhile").containsSubsequence(true, false);
    assertThat(probe.watermarks).containsExactly(4L, 9L, Watermarks.END);
    assertThat(probe.late).isEmpty();
  }

  @Test
  void watermarkThatCannotBeComputedFailsTheJob() {
    NumbersSource numbers = new NumbersSource(Assignment.EAGER, 10, new Numbers("a", 0, 10, true));
    Dataflow dataflow =
        new Dataflow(
            List.of(
                source(1, null, numbers),
                operator(
                    2,
                    1,
                    () -> new WatermarkAssigner(new Failing(), 1, null),
                    new Input(1, FORWARD)),
                new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), sink)));

    assertThatThrownBy(() -> new Simulation(dataflow, config(1), 1).run(LONG))
        .isInstanceOf(MillraceException.class)
        .hasMessage("Operator[2], watermark: no watermark to be had");
  }

  @Test
  void jobEndsEvenIfClosingGoesBadlyWrong() {
    Operator operator =
        new StatelessOperator() {
          @Override
          public void process(int input, Batch batch) {
            emit(batch);
          }

          @Override
          public void close() {
            throw new AssertionError("cannot close");
          }
        };
    Dataflow dataflow =
        new Dataflow(
            List.of(
                source(1, null, threeSplits(Assignment.EAGER)),
                operator(2, 1, () -> operator, new Input(1, FORWARD)),
                new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), sink)));
    Job job = Job.start(dataflow, config(1));

    assertThatThrownBy(() -> job.await(Duration.ofSeconds(60)))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("cannot close");
    assertThat(sink.closedWriters.get()).isEqualTo(1);
  }

  @Test
  void stopFlushesTheSinksWithoutClosingEventTime() throws InterruptedException {
    Probe probe = new Probe();
    NumbersSource endless =
        new NumbersSource(Assignment.EAGER, 10, new Numbers("endless", 0, Long.MAX_VALUE, false));
    Dataflow dataflow =
        new Dataflow(
            List.of(
                source(1, byTime(null), endless),
                operator(2, 1, () -> probe, new Input(1, new Exchange.Single())),
                new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), sink)));
    Job job = Job.start(dataflow, config(1));
    while (job.metrics().total("Sink[3]", Metrics.ROWS_OUT) == 0) {
      Thread.onSpinWait();
    }
    job.stop();

    assertThat(job.await(Duration.ofSeconds(60))).isTrue();
    assertThat(sink.finishedWriters.get()).isEqualTo(1);
    assertThat(sink.sorted()).hasSize((int) job.metrics().total("Source[1]", Metrics.ROWS_IN));
    assertThat(probe.watermarks).doesNotContain(Watermarks.END);
  }

  @Test
  void failureOfOneTaskStopsTheJobWithItsCause() {
    Operator failing =
        new StatelessOperator() {
          @Override
          public void open(OperatorContext context) {
            super.open(context);
          }

          @Override
          public void process(int input, Batch batch) {
            throw MillraceException.job("the third wheel came off");
          }
        };
    Dataflow dataflow =
        new Dataflow(
            List.of(
                source(1, null, threeSplits(Assignment.EAGER)),
                operator(2, 1, () -> failing, new Input(1, new Exchange.Single())),
                new SinkNode(3, "Sink[3]", "sink", new Input(2, FORWARD), sink)));
    Job job = Job.start(dataflow, config(2));

    assertThatThrownBy(() -> job.await(Duration.ofSeconds(60)))
        .isInstanceOf(MillraceException.class)
        .hasMessage("the third wheel came off");
    assertThat(sink.finishedWriters.get()).isZero();
    assertThat(sink.closedWriters.get()).isEqualTo(1);
  }

  @Test
  void cancelEndsAJobThatWouldNeverEnd() {
    Job job =
        Job.start(
            filterByKey(
                new NumbersSource(
                    Assignment.EAGER, 10, new Numbers("endless", 0, Long.MAX_VALUE, false))),
            config(2));
    job.cancel();

    assertThatThrownBy(() -> job.await(Duration.ofSeconds(60)))
        .hasMessage("Job 'test' was cancelled.");
  }
}
