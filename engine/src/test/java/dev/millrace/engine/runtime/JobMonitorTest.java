package dev.millrace.engine.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.SimulatedClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is noticed of slow and stuck tasks, under a clock that the test moves. */
class JobMonitorTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final int CAPACITY = 4;

  private final SimulatedClock clock = new SimulatedClock(Duration.ofDays(1));
  private final Metrics metrics = new Metrics();
  private final Channel channel = new Channel(CAPACITY, () -> {});
  private final TaskMeter meter =
      TaskMeter.of(
          InstanceContext.of(
              "Rank[5]",
              3,
              4,
              new JobServices(
                  JobConfig.named("test").withClock(clock),
                  metrics,
                  () -> {},
                  Transactions.open(new Dataflow(List.of()), JobConfig.named("test")),
                  StateMemory.of(JobConfig.named("test")),
                  1)),
          List.of(channel));
  private final Logger logger = (Logger) LoggerFactory.getLogger(JobMonitor.class.getPackageName());
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.setLevel(Level.DEBUG);
    logger.addAppender(log);
  }

  @AfterEach
  void forget() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  private List<String> lines(Level level) {
    return log.list.stream()
        .filter(event -> event.getLevel() == level)
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  private void fillUp() {
    while (channel.offer("rows")) {}
  }

  /** A second in which the task works for a part of it, and the input gets full. */
  private void second(SlowTask slow, Duration work) {
    meter.begin();
    channel.poll();
    clock.advance(work);
    meter.end();
    clock.advance(SECOND.minus(work));
    fillUp();
    slow.check();
  }

  private SlowTask slow(boolean blocking) {
    return new SlowTask("Rank[5] (job.sql:3:1), instance 3", blocking, meter, clock);
  }

  @Test
  void aTaskWithAFullInputIsNamedOnceAMinute() {
    SlowTask slow = slow(false);
    for (int i = 0; i < 59; i++) {
      second(slow, Duration.ofMillis(800));
    }
    assertThat(log.list).isEmpty();
    second(slow, Duration.ofMillis(800));
    assertThat(lines(Level.INFO))
        .singleElement()
        .asString()
        .startsWith("Rank[5] (job.sql:3:1), instance 3 holds up the job")
        .contains("full for 100 %", "at work for 80 %", "parallelism")
        .doesNotContain("\n");
    for (int i = 0; i < 119; i++) {
      second(slow, Duration.ofMillis(800));
    }
    assertThat(log.list).hasSize(2);
  }

  @Test
  void aSlowSinkPointsToTheSystemBehindIt() {
    SlowTask slow = slow(true);
    for (int i = 0; i < 60; i++) {
      second(slow, SECOND);
    }
    assertThat(lines(Level.INFO)).singleElement().asString().contains("system that it writes to");
  }

  @Test
  void aTaskThatWaitsItselfIsNotToBlame() {
    SlowTask slow = slow(false);
    for (int i = 0; i < 120; i++) {
      meter.begin();
      meter.drained(false);
      meter.end();
      clock.advance(SECOND);
      fillUp();
      slow.check();
    }
    assertThat(metrics.total("Rank[5]", Metrics.BACKPRESSURED))
        .isEqualTo(Duration.ofSeconds(119).toNanos());
    assertThat(log.list).isEmpty();
  }

  @Test
  void anInputThatIsFullNowAndThenIsNothingToSpeakOf() {
    SlowTask slow = slow(false);
    for (int i = 0; i < 120; i++) {
      clock.advance(SECOND);
      if (i % 5 == 0) {
        while (channel.poll() != null) {}
      } else {
        fillUp();
      }
      slow.check();
    }
    assertThat(log.list).isEmpty();
  }

  @Test
  void queueFillIsShown() {
    channel.offer("rows");
    assertThat(
            metrics.readings().get(new Metrics.Key("Rank[5]", 3, Metrics.QUEUE_FILL)).getAsDouble())
        .isEqualTo(1.0 / CAPACITY);
  }

  @Test
  void aCallThatLastsTooLongIsNamedOnce() {
    StuckTask task = new StuckTask("Rank[5], instance 3", false, meter);
    task.check();
    meter.begin();
    clock.advance(Duration.ofSeconds(30));
    task.check();
    assertThat(log.list).isEmpty();

    clock.advance(SECOND);
    task.check();
    task.check();
    assertThat(lines(Level.WARN))
        .singleElement()
        .asString()
        .startsWith("Rank[5], instance 3 has not come back from one call for 31 s")
        .contains(Thread.currentThread().getName())
        .doesNotContain("\n");
    assertThat(lines(Level.DEBUG)).singleElement().asString().contains("called at dev.millrace");
    assertThat(task.stuck()).isEmpty();

    clock.advance(Duration.ofSeconds(30));
    assertThat(task.stuck()).hasValueSatisfying(line -> assertThat(line).contains("61 s"));
    meter.end();
    assertThat(task.stuck()).isEmpty();

    meter.begin();
    clock.advance(Duration.ofSeconds(31));
    task.check();
    assertThat(lines(Level.WARN)).hasSize(2);
    assertThat(metrics.total("Rank[5]", Metrics.BUSY)).isEqualTo(Duration.ofSeconds(61).toNanos());
  }

  @Test
  void aSinkThatWaitsForItsSystemIsNamedButNotStuck() {
    StuckTask task = new StuckTask("Sink orders[5], instance 3", true, meter);
    meter.begin();
    clock.advance(Duration.ofMinutes(10));
    task.check();
    assertThat(lines(Level.WARN)).singleElement().asString().contains("system behind it");
    assertThat(task.stuck()).isEmpty();
  }

  @Test
  void ratesAreThoseSinceTheLastLook() {
    Metrics.Key rate = new Metrics.Key("Source[1]", 0, Metrics.SOURCE_ROWS_PER_SECOND);
    metrics.counter("Source[1]", 0, Metrics.ROWS_IN).add(10);
    SourceRates rates = new SourceRates(metrics, Set.of("Source[1]"), clock);
    assertThat(metrics.readings().get(rate).getAsDouble()).isNaN();

    metrics.counter("Source[1]", 0, Metrics.ROWS_IN).add(300);
    clock.advance(Duration.ofSeconds(2));
    rates.check();
    assertThat(metrics.readings().get(rate).getAsDouble()).isEqualTo(150);
  }
}
