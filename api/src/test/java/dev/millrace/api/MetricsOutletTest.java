package dev.millrace.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Metrics and health of whole SQL jobs, asked for over HTTP. */
class MetricsOutletTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Half of the numbers, until somebody stops it. */
  private static final String ENDLESS =
      """
      SET 'pipeline.name' = 'halves';
      CREATE TABLE numbers (n BIGINT, t AS TO_TIMESTAMP_LTZ(n, 3), WATERMARK FOR t AS t) WITH (
        'connector' = 'datagen', 'rows-per-second' = '5000',
        'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '1000000');
      CREATE TABLE halves (n BIGINT) WITH ('connector' = 'blackhole');
      INSERT INTO halves SELECT n FROM numbers WHERE MOD(n, 2) = 0;
      """;

  /** The sum over the instances of all operators of this job whose names begin so. */
  private static long sum(String text, String metric, String operator) {
    Pattern sample =
        Pattern.compile(
            metric
                + "\\{job_name=\"halves\",operator_name=\""
                + Pattern.quote(operator)
                + "[^\"]*\",subtask_index=\"\\d+\"} (\\S+)");
    Matcher matcher = sample.matcher(text);
    double sum = 0;
    int found = 0;
    while (matcher.find()) {
      sum += Double.parseDouble(matcher.group(1));
      found++;
    }
    assertThat(found).as("%s of %s in%n%s", metric, operator, text).isPositive();
    return Math.round(sum);
  }

  @Test
  void countsOfARunningJobAndOfItsEnd() throws Exception {
    try (Job job =
        Millrace.sql(ENDLESS).engine(Engine.NATIVE).parallelism(2).metricsPort(0).start()) {
      URI metrics = job.metricsAddress().orElseThrow();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(MetricsPage.get(metrics.resolve("/health/ready")).statusCode())
                    .isEqualTo(200);
                String text = MetricsPage.get(metrics).body();
                assertThat(sum(text, "millrace_rows_out_total", "Sink halves")).isPositive();
                assertThat(sum(text, "millrace_watermark_timestamp_seconds", "WatermarkAssigner"))
                    .isPositive();
              });
      job.stop();
      job.await();

      JobStatus end = job.status();
      String text = MetricsPage.get(metrics).body();
      assertThat(end.rowsIn()).isPositive();
      assertThat(sum(text, "millrace_rows_in_total", "Source numbers")).isEqualTo(end.rowsIn());
      assertThat(sum(text, "millrace_rows_in_total", "WatermarkAssigner")).isEqualTo(end.rowsIn());
      assertThat(sum(text, "millrace_rows_out_total", "Sink halves")).isEqualTo(end.rowsOut());
      assertThat(MetricsPage.get(metrics.resolve("/health/ready")).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void withTheJobClosedNobodyAnswers() throws Exception {
    Job job = Millrace.sql(ENDLESS).metricsPort(0).start();
    URI metrics = job.metricsAddress().orElseThrow();
    assertThat(MetricsPage.get(metrics.resolve("/health/live")).statusCode()).isEqualTo(200);
    job.close();
    assertThatThrownBy(() -> MetricsPage.get(metrics)).isInstanceOf(ConnectException.class);
  }

  @Test
  void onePortServesAllJobsOfAScript() throws Exception {
    List<URI> addresses = new ArrayList<>();
    Millrace.sql("SELECT 1; SELECT 2;")
        .metricsPort(0)
        .run(
            new RunObserver() {
              @Override
              public void output(List<String> columns, List<List<String>> rows, boolean plain) {}

              @Override
              public void started(Job job) throws InterruptedException {
                addresses.add(job.metricsAddress().orElseThrow());
                job.forEachRow(row -> {});
              }
            });
    assertThat(addresses).hasSize(2);
    assertThat(addresses.get(0)).isEqualTo(addresses.get(1));
    assertThatThrownBy(() -> MetricsPage.get(addresses.get(0)))
        .isInstanceOf(ConnectException.class);
  }

  @Test
  void embeddedFlinkShowsItsHealth() throws Exception {
    try (Job job = Millrace.sql(ENDLESS).engine(Engine.FLINK).metricsPort(0).start()) {
      URI metrics = job.metricsAddress().orElseThrow();
      assertThat(MetricsPage.get(metrics.resolve("/health/ready")).statusCode()).isEqualTo(200);
      assertThat(MetricsPage.get(metrics).body())
          .contains("jvm_memory_used_bytes")
          .doesNotContain("millrace_");
      job.stop();
      job.await();
      assertThat(MetricsPage.get(metrics.resolve("/health/ready")).body()).contains("has ended");
    }
  }

  @Test
  void aPortThatIsTakenIsSaidBeforeTheScriptIsRead() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("localhost"))) {
      assertThatThrownBy(() -> Millrace.sql("SELEC 1;").metricsPort(taken.getLocalPort()).start())
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining("port " + taken.getLocalPort());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortThatIsNone(int port) {
    assertThatThrownBy(() -> Millrace.sql(ENDLESS).metricsPort(port))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining(Integer.toString(port));
  }

  @Test
  void aCollectorThatIsNoAddress() {
    assertThatThrownBy(
            () ->
                Millrace.sql("SET 'millrace.metrics.otlp.url' = 'collector';\n" + ENDLESS).start())
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("millrace.metrics.otlp.url");
  }

  @Test
  void withoutAPortThereIsNoThread() throws Exception {
    try (Job job = Millrace.sql(ENDLESS).engine(Engine.NATIVE).start()) {
      assertThat(job.metricsAddress()).isEmpty();
      // Those of a job before this one may still be ending.
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(Thread.getAllStackTraces().keySet())
                      .extracting(Thread::getName)
                      .doesNotContain("millrace-telemetry", "HTTP-Dispatcher"));
      assertThat(job.status().state()).isEqualTo(JobStatus.State.RUNNING);
    }
  }
}
