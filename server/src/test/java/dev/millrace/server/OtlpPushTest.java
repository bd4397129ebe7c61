package dev.millrace.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.HttpServer;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.time.Clock;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceResponse;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpPushTest {
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();
  private final HttpServer collector = collector();

  /** Takes what is sent to it, as a collector does. */
  private HttpServer collector() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext(
          "/v1/metrics",
          exchange -> {
            received.add(exchange.getRequestBody().readAllBytes());
            byte[] answer = ExportMetricsServiceResponse.getDefaultInstance().toByteArray();
            exchange.sendResponseHeaders(200, answer.length == 0 ? -1 : answer.length);
            exchange.close();
          });
      server.start();
      return server;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @AfterEach
  void close() {
    collector.stop(0);
  }

  private static List<Metric> metrics(byte[] request) throws InvalidProtocolBufferException {
    List<Metric> metrics = new ArrayList<>();
    ExportMetricsServiceRequest.parseFrom(request)
        .getResourceMetricsList()
        .forEach(
            resource ->
                resource
                    .getScopeMetricsList()
                    .forEach(scope -> metrics.addAll(scope.getMetricsList())));
    return metrics;
  }

  private static boolean isOf(NumberDataPoint point, String operator) {
    return point.getAttributesList().stream()
        .anyMatch(
            label ->
                label.getKey().equals("operator_name")
                    && label.getValue().getStringValue().equals(operator));
  }

  @Test
  void theLastNumbersAreSentAtTheEnd() throws Exception {
    Telemetry telemetry = new Telemetry();
    telemetry.push("http://localhost:" + collector.getAddress().getPort() + "/v1/metrics");
    try (HeldJob held = new HeldJob(true, false, Clock.SYSTEM)) {
      telemetry.show(held.job());
      held.letGo();
      held.job().await();
      telemetry.close();
    }
    byte[] last = List.copyOf(received).get(received.size() - 1);
    assertThat(metrics(last))
        .filteredOn(metric -> metric.getName().equals("millrace.rows.in"))
        .singleElement()
        .satisfies(
            metric ->
                assertThat(metric.getSum().getDataPointsList())
                    .filteredOn(point -> isOf(point, HeldJob.SOURCE))
                    .singleElement()
                    .satisfies(point -> assertThat(point.getAsDouble()).isEqualTo(HeldJob.ROWS)));
    assertThat(metrics(last)).extracting(Metric::getName).contains("jvm.memory.used");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:4318", "ftp://localhost/v1/metrics", "http://", "a b"})
  void whatIsNoAddressIsRefused(String url) {
    try (Telemetry telemetry = new Telemetry()) {
      assertThatThrownBy(() -> telemetry.push(url))
          .isInstanceOf(MillraceException.class)
          .hasMessageContaining(Telemetry.OTLP_URL)
          .hasMessageContaining("http://localhost:4318/v1/metrics");
    }
  }
}
