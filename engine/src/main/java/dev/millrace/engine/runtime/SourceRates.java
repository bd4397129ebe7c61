package dev.millrace.engine.runtime;

import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** How many rows a second each instance of a source reads, from one look to the next. */
final class SourceRates {
  private static final class Rate {
    private final Counter rows;
    private long rowsBefore;
    private volatile double perSecond = Double.NaN;

    Rate(Counter rows) {
      this.rows = rows;
      this.rowsBefore = rows.get();
    }
  }

  private final Clock clock;
  private final List<Rate> rates = new ArrayList<>();
  private long lookedNanos;

  /** Shows the rates among the metrics. */
  SourceRates(Metrics metrics, Set<String> sources, Clock clock) {
    this.clock = clock;
    this.lookedNanos = clock.nanoTime();
    metrics
        .all()
        .forEach(
            (key, counter) -> {
              if (sources.contains(key.owner()) && key.name().equals(Metrics.ROWS_IN)) {
                Rate rate = new Rate(counter);
                rates.add(rate);
                metrics.gauge(
                    key.owner(),
                    key.subtask(),
                    Metrics.SOURCE_ROWS_PER_SECOND,
                    () -> rate.perSecond);
              }
            });
  }

  void check() {
    long now = clock.nanoTime();
    double seconds = (now - lookedNanos) / 1e9;
    if (seconds <= 0) {
      return;
    }
    lookedNanos = now;
    for (Rate rate : rates) {
      long rows = rate.rows.get();
      rate.perSecond = (rows - rate.rowsBefore) / seconds;
      rate.rowsBefore = rows;
    }
  }
}
