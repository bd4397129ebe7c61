package dev.millrace.server;

import dev.millrace.engine.error.MillraceException;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.registry.otlp.OtlpConfig;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Sends metrics to an OpenTelemetry collector every few seconds, and once more at the end. Headers
 * and resource attributes come from the usual environment variables ({@code
 * OTEL_EXPORTER_OTLP_HEADERS}, {@code OTEL_RESOURCE_ATTRIBUTES}).
 */
record OtlpPush(String url) implements OtlpConfig {
  private static final Duration STEP = Duration.ofSeconds(15);
  private static final String SERVICE = "service.name";

  /** A registry that sends to this address, such as {@code http://localhost:4318/v1/metrics}. */
  static MeterRegistry registry(String url) {
    check(url);
    return new OtlpMeterRegistry(new OtlpPush(url), Clock.SYSTEM);
  }

  private static void check(String url) {
    try {
      URI uri = URI.create(url);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null) {
        return;
      }
    } catch (IllegalArgumentException e) {
      // Said below, without the text of the parser.
    }
    throw MillraceException.usage(
        "'%s' is '%s', which is no address of a collector; write it like 'http://localhost:4318/v1/metrics'."
            .formatted(Telemetry.OTLP_URL, url));
  }

  @Override
  public String get(String key) {
    return null;
  }

  @Override
  public Duration step() {
    return STEP;
  }

  @Override
  public Map<String, String> resourceAttributes() {
    Map<String, String> attributes = new HashMap<>(OtlpConfig.super.resourceAttributes());
    attributes.putIfAbsent(SERVICE, "millrace");
    return attributes;
  }
}
