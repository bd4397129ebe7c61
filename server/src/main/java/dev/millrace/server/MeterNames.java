package dev.millrace.server;

import dev.millrace.engine.metrics.Metric;
import java.util.Arrays;

/**
 * What our metrics are called by Micrometer, which makes Prometheus' names of it: {@code rows_in}
 * becomes {@code millrace_rows_in_total}, {@code busy} becomes {@code millrace_busy_seconds_total}.
 */
final class MeterNames {
  private MeterNames() {}

  static String of(Metric metric) {
    String name = "millrace." + metric.name().replace('_', '.');
    return metric.unit() == Metric.Unit.EPOCH_MILLISECONDS ? name + ".timestamp" : name;
  }

  /** The unit to be added to the name; null if the name says it already. */
  static String baseUnit(Metric metric) {
    String unit =
        switch (metric.unit()) {
          case ROWS -> "rows";
          case BATCHES -> "batches";
          case LETTERS -> "letters";
          case CHECKPOINTS -> "checkpoints";
          case BYTES -> "bytes";
          case RATIO -> "ratio";
          case NANOSECONDS, MILLISECONDS, EPOCH_MILLISECONDS -> "seconds";
          case ROWS_PER_SECOND -> null;
        };
    return Arrays.asList(metric.name().split("_")).contains(unit) ? null : unit;
  }
}
