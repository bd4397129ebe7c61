package dev.millrace.api;

import dev.millrace.plan.document.PlanSettings;
import dev.millrace.server.Telemetry;
import java.net.URI;
import java.util.Optional;

/**
 * Shows jobs to the outside, if a port or a setting asks for it. Until then nothing is started, and
 * nothing of what it takes is loaded.
 */
final class MetricsOutlet implements AutoCloseable {
  /** Of what starts no job. */
  static final MetricsOutlet NONE = new MetricsOutlet();

  private Telemetry telemetry;
  private URI address;

  private MetricsOutlet() {}

  /** {@code port} is null for no HTTP, 0 for any free port. */
  static MetricsOutlet open(String host, Integer port) {
    MetricsOutlet outlet = new MetricsOutlet();
    if (port != null) {
      outlet.serve(host, port);
    }
    return outlet;
  }

  private void serve(String host, int port) {
    telemetry = new Telemetry();
    try {
      address = telemetry.serve(host, port);
    } catch (RuntimeException e) {
      telemetry.close();
      throw e;
    }
  }

  /** Where the metrics are, if they are served. */
  Optional<URI> address() {
    return Optional.ofNullable(address);
  }

  /** Begins to send metrics if the job's settings name a collector. */
  void configure(PlanSettings settings) {
    String url = settings.get(Telemetry.OTLP_URL, "");
    if (!url.isEmpty()) {
      if (telemetry == null) {
        telemetry = new Telemetry();
      }
      telemetry.push(url);
    }
  }

  /** Shows a job of our own engine. */
  void show(dev.millrace.engine.runtime.Job job) {
    if (telemetry != null) {
      telemetry.show(job);
    }
  }

  /** Shows a job on embedded Flink, whose own metrics are not read. */
  void show(String name, RunningJob job) {
    if (telemetry != null) {
      telemetry.show(FlinkHealth.of(name, job));
    }
  }

  @Override
  public void close() {
    if (telemetry != null) {
      telemetry.close();
    }
  }
}
