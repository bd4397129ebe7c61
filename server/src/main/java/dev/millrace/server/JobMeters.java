package dev.millrace.server;

import dev.millrace.engine.metrics.DeclaredMetrics;
import dev.millrace.engine.metrics.Metric;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.runtime.Job;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * The metrics of one job as meters, which come and go as the job has them. For one thread at a
 * time.
 */
final class JobMeters implements AutoCloseable {
  private final Job job;
  private final MeterRegistry registry;
  private final Map<Metrics.Key, Meter> meters = new HashMap<>();

  /** Held here, because a registry does not hold on to what it reads from. */
  private final Map<Metrics.Key, Reading> readings = new HashMap<>();

  /** A number in its base unit. */
  private record Reading(Metric metric, DoubleSupplier number) {
    double value() {
      return metric.unit().toBase(number.getAsDouble());
    }
  }

  JobMeters(Job job, MeterRegistry registry) {
    this.job = job;
    this.registry = registry;
  }

  /** Registers what is new, and removes what has no value at the moment. */
  void refresh() {
    job.metrics()
        .readings()
        .forEach(
            (key, number) -> {
              Reading reading = new Reading(DeclaredMetrics.of(key.name()), number);
              if (Double.isNaN(reading.value())) {
                remove(key);
              } else if (!meters.containsKey(key)) {
                readings.put(key, reading);
                meters.put(key, register(key, reading));
              }
            });
  }

  private Meter register(Metrics.Key key, Reading reading) {
    Metric metric = reading.metric();
    String name = MeterNames.of(metric);
    String unit = MeterNames.baseUnit(metric);
    return switch (metric.kind()) {
      case COUNTER ->
          FunctionCounter.builder(name, reading, Reading::value)
              .tags(tags(key, metric))
              .baseUnit(unit)
              .description(metric.help())
              .register(registry);
      case GAUGE ->
          Gauge.builder(name, reading, Reading::value)
              .tags(tags(key, metric))
              .baseUnit(unit)
              .description(metric.help())
              .register(registry);
    };
  }

  /** Named as Flink's reporter does; {@code job} and {@code instance} are Prometheus' own. */
  private Tags tags(Metrics.Key key, Metric metric) {
    Tags tags = Tags.of("job_name", job.config().name());
    if (metric.scope() == Metric.Scope.INSTANCE) {
      tags =
          tags.and("operator_name", key.owner(), "subtask_index", Integer.toString(key.subtask()));
    }
    for (int i = 0; i < key.labels().size(); i++) {
      tags = tags.and(metric.labels().get(i), key.labels().get(i));
    }
    return tags;
  }

  private void remove(Metrics.Key key) {
    Meter meter = meters.remove(key);
    if (meter != null) {
      registry.remove(meter);
      readings.remove(key);
    }
  }

  /** Removes all of them. */
  @Override
  public void close() {
    meters.values().forEach(registry::remove);
    meters.clear();
    readings.clear();
  }
}
