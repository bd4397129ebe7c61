package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsPortTest {
  private static final Pattern ADDRESS = Pattern.compile("Metrics are at (\\S+/metrics)");
  private static final String ENDLESS =
      """
      CREATE TABLE numbers (n BIGINT) WITH (
        'connector' = 'datagen', 'rows-per-second' = '2000',
        'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '1000000');
      CREATE TABLE nowhere (n BIGINT) WITH ('connector' = 'blackhole');
      INSERT INTO nowhere SELECT n FROM numbers;
      """;

  @TempDir Path folder;

  private String script() throws IOException {
    return Files.writeString(folder.resolve("job.sql"), ENDLESS).toString();
  }

  private static HttpResponse<String> get(URI uri) {
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Test
  void theLogSaysWhereTheMetricsAre() throws Exception {
    try (ChildCommand command =
        ChildCommand.start(folder, "run", script(), "--metrics-port", "0", "--engine", "native")) {
      command.awaitThat("the address", () -> ADDRESS.matcher(command.err()).find());
      Matcher address = ADDRESS.matcher(command.err());
      assertThat(address.find()).isTrue();
      URI metrics = URI.create(address.group(1));
      command.awaitThat(
          "readiness", () -> get(metrics.resolve("/health/ready")).statusCode() == 200);
      assertThat(get(metrics).body())
          .contains("millrace_rows_in_total{job_name=", "operator_name=\"Source numbers[");
      command.signal("TERM");
      assertThat(command.exitCode()).as(command.err()).isNotZero();
      assertThat(command.err()).doesNotContain("Exception").doesNotContain("WARN");
    }
  }

  @Test
  void wrongOptions() throws IOException {
    Command port = Command.run("run", script(), "--metrics-port", "70000");
    assertThat(port.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(port.messages()).singleElement().asString().contains("70000", "65535");
    Command host = Command.run("run", script(), "--metrics-host", "0.0.0.0");
    assertThat(host.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(host.messages()).singleElement().asString().contains("--metrics-port");
  }
}
