package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.DeclaredMetrics;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.Clock;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String[] OPERATORS = {HeldJob.SOURCE, HeldJob.OPERATOR, HeldJob.SINK};

  private final Telemetry telemetry = new Telemetry();
  private final URI metrics = telemetry.serve("localhost", 0);

  @AfterEach
  void close() {
    telemetry.close();
  }

  /** The machine's clock, moved by the test. */
  private static final class ShiftedClock implements Clock {
    private final AtomicLong shiftNanos = new AtomicLong();

    void shift(Duration by) {
      shiftNanos.addAndGet(by.toNanos());
    }

    @Override
    public long millis() {
      return Clock.SYSTEM.millis() + Duration.ofNanos(shiftNanos.get()).toMillis();
    }

    @Override
    public long nanoTime() {
      return Clock.SYSTEM.nanoTime() + shiftNanos.get();
    }
  }

  private HttpResponse<String> live() throws Exception {
    return Scrape.get(metrics.resolve("/health/live"));
  }

  private HttpResponse<String> ready() throws Exception {
    return Scrape.get(metrics.resolve("/health/ready"));
  }

  private static double shown(Scrape scrape, String name, String operator) {
    return scrape.of(name, operator, 0);
  }

  @Test
  void whatFlowsIsCountedToTheEnd() throws Exception {
    try (HeldJob held = new HeldJob(true, false, Clock.SYSTEM)) {
      telemetry.show(held.job());
      held.letGo();
      held.job().await();
      Scrape scrape = Scrape.of(metrics);
      double batches = HeldJob.ROWS / HeldJob.BATCH_ROWS;

      assertThat(shown(scrape, "millrace_rows_in_total", HeldJob.SOURCE)).isEqualTo(HeldJob.ROWS);
      assertThat(shown(scrape, "millrace_batches_in_total", HeldJob.SOURCE)).isEqualTo(batches);
      assertThat(shown(scrape, "millrace_rows_in_total", HeldJob.OPERATOR)).isEqualTo(HeldJob.ROWS);
      assertThat(shown(scrape, "millrace_rows_out_total", HeldJob.OPERATOR))
          .isEqualTo(HeldJob.ROWS);
      assertThat(shown(scrape, "millrace_batches_out_total", HeldJob.OPERATOR)).isEqualTo(batches);
      assertThat(shown(scrape, "millrace_rows_out_total", HeldJob.SINK)).isEqualTo(HeldJob.ROWS);
      assertThat(shown(scrape, "millrace_batches_out_total", HeldJob.SINK)).isEqualTo(batches);
      assertThat(shown(scrape, "millrace_busy_seconds_total", HeldJob.SINK)).isPositive();
      assertThat(shown(scrape, "millrace_queue_fill_ratio", HeldJob.SINK)).isZero();
      assertThat(scrape.series().get("millrace_job_start_timestamp_seconds{job_name=\"test\"}"))
          .isPositive();
    }
  }

  @Test
  void everyDeclaredMetricThatHasAValueIsShownWithItsHelp() throws Exception {
    try (HeldJob held = new HeldJob(true, false, Clock.SYSTEM)) {
      telemetry.show(held.job());
      Metrics counted = held.job().metrics();
      counted.counter(HeldJob.OPERATOR, 0, Metrics.ROWS_LATE).add(3);
      counted.counter(HeldJob.OPERATOR, 0, Metrics.DEAD_LETTERS, "late", "", "LateRow").add(2);
      counted
          .counter(HeldJob.SOURCE, 0, Metrics.DEAD_LETTERS, "decode", "t", "MalformedRecord")
          .add(1);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(Scrape.of(metrics).text())
                      .contains("millrace_source_rows_per_second{"));
      Scrape scrape = Scrape.of(metrics);
      for (Metrics.Key key : held.job().metrics().readings().keySet()) {
        assertThat(scrape.text()).contains(" " + DeclaredMetrics.of(key.name()).help() + "\n");
      }
      assertThat(shown(scrape, "millrace_rows_late_total", HeldJob.OPERATOR)).isEqualTo(3);
      assertThat(scrape.text())
          .contains(
              "millrace_dead_letters_total{class=\"LateRow\",job_name=\"test\",operator_name=\"%s\",stage=\"late\",subtask_index=\"0\",table=\"\"} 2.0"
                  .formatted(HeldJob.OPERATOR),
              "millrace_dead_letters_total{class=\"MalformedRecord\",job_name=\"test\",operator_name=\"%s\",stage=\"decode\",subtask_index=\"0\",table=\"t\"} 1.0"
                  .formatted(HeldJob.SOURCE));
      assertThat(scrape.text())
          .contains(
              "# TYPE millrace_rows_in_total counter",
              "# TYPE millrace_queue_fill_ratio gauge",
              "jvm_memory_used_bytes",
              "jvm_gc_",
              "jvm_threads_live_threads",
              "system_cpu_count",
              "process_start_time_seconds");
    }
  }

  @Test
  void aSinkThatTakesNothingShowsAsBackpressure() throws Exception {
    try (HeldJob held = new HeldJob(true, false, Clock.SYSTEM)) {
      telemetry.show(held.job());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Scrape scrape = Scrape.of(metrics);
                assertThat(shown(scrape, "millrace_queue_fill_ratio", HeldJob.SINK)).isEqualTo(1);
                assertThat(shown(scrape, "millrace_queue_fill_ratio", HeldJob.OPERATOR))
                    .isEqualTo(1);
                assertThat(shown(scrape, "millrace_backpressured_seconds_total", HeldJob.SOURCE))
                    .isGreaterThan(0.2);
                assertThat(shown(scrape, "millrace_backpressured_seconds_total", HeldJob.OPERATOR))
                    .isGreaterThan(0.2);
              });
    }
  }

  @Test
  void watermarksAndTheirLag() throws Exception {
    try (HeldJob held = new HeldJob(true, false, Clock.SYSTEM)) {
      telemetry.show(held.job());
      // What the source has read before the queues were full; the first batch is with the sink.
      double first = HeldJob.FIRST.toEpochSecond(ZoneOffset.UTC);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                Scrape scrape = Scrape.of(metrics);
                double watermark =
                    shown(scrape, "millrace_watermark_timestamp_seconds", HeldJob.SOURCE);
                assertThat(watermark).isBetween(first, first + HeldJob.ROWS);
                assertThat(
                        watermark + shown(scrape, "millrace_watermark_lag_seconds", HeldJob.SOURCE))
                    .isBetween(
                        Clock.SYSTEM.millis() / 1e3 - PATIENCE.toSeconds(),
                        Clock.SYSTEM.millis() / 1e3 + 1);
              });
      assertThat(Scrape.of(metrics).of("millrace_watermark_timestamp_seconds", HeldJob.SINK, 0))
          .as("none has come to the sink")
          .isNull();
      held.letGo();
      held.job().await();
      for (String operator : OPERATORS) {
        assertThat(Scrape.of(metrics).of("millrace_watermark_lag_seconds", operator, 0))
            .as("after the end there is none at %s", operator)
            .isNull();
      }
    }
  }

  @Test
  void readyWhileTheJobRuns() throws Exception {
    assertThat(live().statusCode()).isEqualTo(200);
    assertThat(ready().statusCode()).isEqualTo(503);
    assertThat(ready().body()).isEqualTo("No job has started yet.\n");
    try (HeldJob held = new HeldJob(true, false, Clock.SYSTEM)) {
      telemetry.show(held.job());
      await().atMost(PATIENCE).until(() -> ready().statusCode() == 200);
      assertThat(ready().body()).isEqualTo("ready\n");
      held.letGo();
      held.job().await();
      assertThat(ready().statusCode()).isEqualTo(503);
      assertThat(ready().body()).isEqualTo("Job 'test' has ended.\n");
      assertThat(live().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aFailedJobIsNotReady() throws Exception {
    try (HeldJob held = new HeldJob(true, true, Clock.SYSTEM)) {
      telemetry.show(held.job());
      held.letGo();
      assertThatThrownBy(() -> held.job().await()).hasMessageContaining("the disk is full");
      assertThat(ready().statusCode()).isEqualTo(503);
      assertThat(ready().body()).startsWith("Job 'test' has failed").doesNotContain("disk");
    }
  }

  @Test
  void aWorkerThatDoesNotComeBackIsNotLive() throws Exception {
    ShiftedClock clock = new ShiftedClock();
    try (HeldJob held = new HeldJob(false, false, clock)) {
      telemetry.show(held.job());
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(held.job().metrics().total(HeldJob.OPERATOR, Metrics.BATCHES_IN))
                      .isPositive());
      assertThat(live().statusCode()).isEqualTo(200);
      clock.shift(Duration.ofSeconds(61));
      assertThat(live().statusCode()).isEqualTo(503);
      assertThat(live().body())
          .startsWith(
              HeldJob.OPERATOR
                  + " ("
                  + HeldJob.PLACE
                  + "), instance 0 has not come back from one call for 6");
      held.letGo();
      held.job().await();
      assertThat(live().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theNextJobTakesThePlaceOfTheOneBefore() throws Exception {
    for (int i = 0; i < 2; i++) {
      try (HeldJob held = new HeldJob(true, false, Clock.SYSTEM)) {
        telemetry.show(held.job());
        held.letGo();
        held.job().await();
        assertThat(shown(Scrape.of(metrics), "millrace_rows_in_total", HeldJob.SOURCE))
            .isEqualTo(HeldJob.ROWS);
      }
    }
    telemetry.show(Health.STARTING);
    assertThat(Scrape.of(metrics).text()).doesNotContain("millrace_").contains("jvm_");
  }

  @Test
  void aPortThatIsTaken() {
    try (Telemetry second = new Telemetry()) {
      assertThatThrownBy(() -> second.serve("localhost", metrics.getPort()))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("port " + metrics.getPort() + " of localhost")
          .hasMessageContaining("choose another port, or 0")
          .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
    }
  }

  @Test
  void aHostThatIsNotKnown() {
    try (Telemetry second = new Telemetry()) {
      assertThatThrownBy(() -> second.serve("no.such.host.invalid", 0))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("no.such.host.invalid");
    }
  }

  @Test
  void otherPagesAndMethods() throws Exception {
    HttpResponse<String> unknown = Scrape.get(metrics.resolve("/metrics/all"));
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("/metrics", "/health/live", "/health/ready");
    HttpRequest post = HttpRequest.newBuilder(metrics).POST(BodyPublishers.noBody()).build();
    assertThat(Scrape.send(post).statusCode()).isEqualTo(405);
    HttpRequest head =
        HttpRequest.newBuilder(metrics).method("HEAD", BodyPublishers.noBody()).build();
    assertThat(Scrape.send(head).statusCode()).isEqualTo(200);
    assertThat(Scrape.get(metrics).headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
  }

  @Test
  void afterwardsThePortIsFree() throws Exception {
    telemetry.close();
    try (ServerSocket socket =
        new ServerSocket(metrics.getPort(), 1, InetAddress.getByName("localhost"))) {
      assertThat(socket.isBound()).isTrue();
    }
  }
}
