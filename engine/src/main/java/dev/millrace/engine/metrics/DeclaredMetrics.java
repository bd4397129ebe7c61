package dev.millrace.engine.metrics;

import dev.millrace.engine.metrics.Metric.Kind;
import dev.millrace.engine.metrics.Metric.Scope;
import dev.millrace.engine.metrics.Metric.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All metrics that there are. Whatever is declared here is shown wherever metrics are. */
public final class DeclaredMetrics {
  private static final Map<String, Metric> BY_NAME = new LinkedHashMap<>();

  static {
    counter(Metrics.ROWS_IN, Unit.ROWS, "Rows that an operator took, or that a source read.");
    counter(Metrics.ROWS_OUT, Unit.ROWS, "Rows that an operator handed on, or that a sink wrote.");
    counter(
        Metrics.BATCHES_IN, Unit.BATCHES, "Batches that an operator took, or that a source read.");
    counter(
        Metrics.BATCHES_OUT,
        Unit.BATCHES,
        "Batches that an operator handed on, or that a sink wrote.");
    counter(Metrics.BYTES_IN, Unit.BYTES, "Bytes that a source read, of connectors of bytes.");
    counter(Metrics.BYTES_OUT, Unit.BYTES, "Bytes that a sink wrote, of connectors of bytes.");
    ofFailedRows(
        Metrics.ROWS_SKIPPED, Unit.ROWS, "Rows passed over because they could not be processed.");
    ofFailedRows(
        Metrics.DEAD_LETTERS,
        Unit.LETTERS,
        "Rows that could not be processed, or came late, sent to the dead-letter table.");
    counter(Metrics.ROWS_LATE, Unit.ROWS, "Rows dropped because they came after the watermark.");
    counter(Metrics.ROWS_WITHOUT_TIME, Unit.ROWS, "Rows dropped because their row time is null.");
    gauge(
        Metrics.SOURCE_ROWS_PER_SECOND,
        Unit.ROWS_PER_SECOND,
        "Rows that a source read in the last second.");
    gauge(
        Metrics.WATERMARK, Unit.EPOCH_MILLISECONDS, "The event time that is known to be complete.");
    gauge(Metrics.WATERMARK_LAG, Unit.MILLISECONDS, "How far the watermark is behind the clock.");
    gauge(
        Metrics.QUEUE_FILL,
        Unit.RATIO,
        "How full the fullest input queue of a task is, by its first operator.");
    gauge(
        Metrics.STATE_BYTES,
        Unit.BYTES,
        "Memory that an operator takes for what it keeps from batch to batch.");
    counter(
        Metrics.BUSY,
        Unit.NANOSECONDS,
        "Time that a task has been at work, by its first operator.");
    counter(
        Metrics.BACKPRESSURED,
        Unit.NANOSECONDS,
        "Time that a task has waited for room in the queues behind it, by its first operator.");
    ofJob(Metrics.CHECKPOINTS, Kind.COUNTER, Unit.CHECKPOINTS, "Checkpoints that count.");
    ofJob(Metrics.CHECKPOINTS_FAILED, Kind.COUNTER, Unit.CHECKPOINTS, "Checkpoints that failed.");
    ofJob(
        Metrics.CHECKPOINT_BYTES,
        Kind.GAUGE,
        Unit.BYTES,
        "What the last checkpoint has stored, which is the size of the state.");
    ofJob(
        Metrics.CHECKPOINT_DURATION,
        Kind.GAUGE,
        Unit.MILLISECONDS,
        "How long the last checkpoint took from its barrier until it counted.");
    ofJob(
        Metrics.CHECKPOINT_END,
        Kind.GAUGE,
        Unit.EPOCH_MILLISECONDS,
        "When the last checkpoint ended; its distance to now is the checkpoint's age.");
    declare(
        Metrics.JOB_START,
        Kind.GAUGE,
        Scope.JOB,
        Unit.EPOCH_MILLISECONDS,
        "When the job was started.");
  }

  private DeclaredMetrics() {}

  private static void counter(String name, Unit unit, String help) {
    declare(name, Kind.COUNTER, Scope.INSTANCE, unit, help);
  }

  private static void gauge(String name, Unit unit, String help) {
    declare(name, Kind.GAUGE, Scope.INSTANCE, unit, help);
  }

  /** The labels say where and why rows failed: as the columns of these names in a letter. */
  private static void ofFailedRows(String name, Unit unit, String help) {
    BY_NAME.put(
        name,
        new Metric(
            name, Kind.COUNTER, Scope.INSTANCE, unit, help, List.of("stage", "table", "class")));
  }

  private static void ofJob(String name, Kind kind, Unit unit, String help) {
    declare(name, kind, Scope.JOB, unit, help);
  }

  private static void declare(String name, Kind kind, Scope scope, Unit unit, String help) {
    BY_NAME.put(name, new Metric(name, kind, scope, unit, help, List.of()));
  }

  public static List<Metric> all() {
    return List.copyOf(BY_NAME.values());
  }

  /**
   * The metric of this name.
   *
   * @throws IllegalArgumentException if it is not declared here
   */
  public static Metric of(String name) {
    Metric metric = BY_NAME.get(name);
    if (metric == null) {
      throw new IllegalArgumentException("metric '" + name + "' is not declared");
    }
    return metric;
  }
}
