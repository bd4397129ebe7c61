package dev.millrace.server;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.runtime.Job;
import dev.millrace.engine.runtime.JobMonitor;
import dev.millrace.server.HttpEndpoint.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Timer;
import java.util.TimerTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process tells of the job it runs, one at a time: metrics and health over HTTP, metrics to
 * an OpenTelemetry collector, log lines about what holds the job up. Thread-safe.
 */
public final class Telemetry implements AutoCloseable {
  /** The setting with the address of an OpenTelemetry collector. */
  public static final String OTLP_URL = "millrace.metrics.otlp.url";

  private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
  private static final long LOOK_MILLIS = 1000;
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final List<Outlet> outlets = new ArrayList<>();
  private final Timer looks = new Timer(Threads.NAME, true);
  private HttpEndpoint http;
  private String pushedTo;
  private Job job;
  private JobMonitor monitor;
  private boolean closed;
  private volatile Health health = Health.STARTING;

  public Telemetry() {
    looks.schedule(
        new TimerTask() {
          @Override
          public void run() {
            look();
          }
        },
        LOOK_MILLIS,
        LOOK_MILLIS);
  }

  /**
   * Answers {@code /metrics}, {@code /health/live} and {@code /health/ready} from now on.
   *
   * @param port 0 for any that is free
   * @return where the metrics are
   * @throws MillraceException if there is no such host, or the port is taken
   */
  public synchronized URI serve(String host, int port) {
    PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    http =
        new HttpEndpoint(
            host,
            port,
            Map.of(
                "/metrics",
                () -> new Answer(200, PROMETHEUS_TEXT, scrape(prometheus)),
                "/health/live",
                () -> healthy(health.notLive(), "live"),
                "/health/ready",
                () -> healthy(health.notReady(), "ready")));
    add(prometheus);
    URI metrics = http.uri("/metrics");
    LOG.info("Metrics are at {}, health at /health/live and /health/ready there.", metrics);
    return metrics;
  }

  private String scrape(PrometheusMeterRegistry prometheus) {
    refresh();
    return prometheus.scrape();
  }

  private static Answer healthy(Optional<String> complaint, String word) {
    return new Answer(
        complaint.isPresent() ? 503 : 200, HttpEndpoint.PLAIN, complaint.orElse(word) + "\n");
  }

  /** Sends the metrics to an OpenTelemetry collector from now on; a second time is no other. */
  public synchronized void push(String url) {
    if (!url.equals(pushedTo)) {
      add(OtlpPush.registry(url));
      pushedTo = url;
    }
  }

  /** Tells of this job from now on, and no longer of the one before. */
  public synchronized void show(Job newJob) {
    tell(newJob);
    monitor = newJob.monitor();
    health = new JobHealth(newJob, monitor);
  }

  /** Tells of a job of another engine, of which only the health is known. */
  public synchronized void show(Health ofJob) {
    tell(null);
    monitor = null;
    health = ofJob;
  }

  private void tell(Job newJob) {
    job = newJob;
    outlets.forEach(outlet -> outlet.show(job));
  }

  private void add(MeterRegistry registry) {
    Outlet outlet = new Outlet(registry);
    outlet.show(job);
    outlets.add(outlet);
  }

  private synchronized void refresh() {
    outlets.forEach(Outlet::refresh);
  }

  private synchronized void look() {
    try {
      if (monitor != null) {
        monitor.check();
      }
      refresh();
    } catch (RuntimeException e) {
      // An exception would end the looks.
      LOG.warn("Looking at the job failed: {}", e.toString(), e);
    }
  }

  /**
   * Sends what is to be sent for the last time, and answers no more; a second time does nothing.
   */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    looks.cancel();
    if (http != null) {
      http.close();
    }
    refresh();
    outlets.forEach(Outlet::close);
  }
}
