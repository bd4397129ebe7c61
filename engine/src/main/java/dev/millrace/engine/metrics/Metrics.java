package dev.millrace.engine.metrics;

import dev.millrace.engine.metrics.Metric.Scope;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.DoubleSupplier;

/**
 * The numbers of one job, by the name of their owner (a node of the dataflow, with its subtask) and
 * their own name, which {@link DeclaredMetrics} explains. Thread-safe.
 */
public final class Metrics {
  /**
   * What identifies a number. What belongs to the job as a whole has an empty owner.
   *
   * @param subtask the parallel instance, from 0
   * @param labels the values of its metric's labels
   */
  public record Key(String owner, int subtask, String name, List<String> labels)
      implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::owner)
            .thenComparingInt(Key::subtask)
            .thenComparing(Key::name)
            .thenComparing(key -> String.join("\0", key.labels()));

    public Key {
      labels = List.copyOf(labels);
    }

    /** Of a metric without labels. */
    public Key(String owner, int subtask, String name) {
      this(owner, subtask, name, List.of());
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /** Names that the runtime and connectors share. */
  public static final String ROWS_IN = "rows_in";

  public static final String ROWS_OUT = "rows_out";

  /** Rows that were passed over because they could not be processed. */
  public static final String ROWS_SKIPPED = "rows_skipped";

  /** Rows that could not be processed, about each of which a letter was sent. */
  public static final String DEAD_LETTERS = "dead_letters";

  /** Input rows that came after the watermark had passed all their windows, and were dropped. */
  public static final String ROWS_LATE = "rows_late";

  /** Input rows that lie in no window because their row time is null, and were dropped. */
  public static final String ROWS_WITHOUT_TIME = "rows_without_time";

  public static final String BATCHES_IN = "batches_in";
  public static final String BATCHES_OUT = "batches_out";
  public static final String BYTES_IN = "bytes_in";
  public static final String BYTES_OUT = "bytes_out";
  public static final String SOURCE_ROWS_PER_SECOND = "source_rows_per_second";

  /** The current event-time watermark, in milliseconds since the epoch. */
  public static final String WATERMARK = "watermark";

  /** Checkpoints that count, and those that failed. */
  public static final String CHECKPOINTS = "checkpoints";

  public static final String CHECKPOINTS_FAILED = "checkpoints_failed";

  /** Of the last checkpoint: what was stored, how long it took, when it ended. */
  public static final String CHECKPOINT_BYTES = "checkpoint_bytes";

  public static final String CHECKPOINT_DURATION = "checkpoint_duration";

  public static final String CHECKPOINT_END = "checkpoint_end";

  /** What the operator keeps from batch to batch, in bytes of memory. */
  public static final String STATE_BYTES = "state_bytes";

  public static final String WATERMARK_LAG = "watermark_lag";
  public static final String QUEUE_FILL = "queue_fill";
  public static final String BUSY = "busy";
  public static final String BACKPRESSURED = "backpressured";
  public static final String JOB_START = "job_start";

  private static final String JOB = "";

  private final Map<Key, Counter> counters = new ConcurrentSkipListMap<>();
  private final Map<Key, DoubleSupplier> gauges = new ConcurrentSkipListMap<>();

  /**
   * The counter of this key, made on first use.
   *
   * @param labels the values of the metric's labels, in the order in which it declares them
   */
  public Counter counter(String owner, int subtask, String name, String... labels) {
    return counters.computeIfAbsent(key(owner, subtask, name, labels), key -> new Counter());
  }

  /** A counter of the whole job, made on first use. */
  public Counter counter(String name) {
    return counter(JOB, 0, name);
  }

  /**
   * A number that is computed whenever somebody looks, by any thread: in the metric's unit, NaN as
   * long as there is none. Replaces what was there under this key.
   */
  public void gauge(String owner, int subtask, String name, DoubleSupplier value) {
    gauges.put(key(owner, subtask, name), value);
  }

  private static Key key(String owner, int subtask, String name, String... labels) {
    Metric metric = DeclaredMetrics.of(name);
    if (owner.equals(JOB) != (metric.scope() == Scope.JOB)) {
      throw new IllegalArgumentException("metric '" + name + "' is not one of " + owner);
    }
    if (labels.length != metric.labels().size()) {
      throw new IllegalArgumentException("metric '" + name + "' has labels " + metric.labels());
    }
    return new Key(owner, subtask, name, List.of(labels));
  }

  /** All counters, live. */
  public Map<Key, Counter> all() {
    return Map.copyOf(counters);
  }

  /** How to read each number there is, counters and computed ones, in its metric's unit. */
  public Map<Key, DoubleSupplier> readings() {
    Map<Key, DoubleSupplier> readings = new HashMap<>(gauges);
    counters.forEach((key, counter) -> readings.put(key, counter::get));
    return readings;
  }

  /** The sum of the counters of this name over all owners and subtasks. */
  public long total(String name) {
    long sum = 0;
    for (Map.Entry<Key, Counter> entry : counters.entrySet()) {
      if (entry.getKey().name().equals(name)) {
        sum += entry.getValue().get();
      }
    }
    return sum;
  }

  /** The sum of the counters of this owner and name over all its subtasks. */
  public long total(String owner, String name) {
    long sum = 0;
    for (Map.Entry<Key, Counter> entry : counters.entrySet()) {
      Key key = entry.getKey();
      if (key.owner().equals(owner) && key.name().equals(name)) {
        sum += entry.getValue().get();
      }
    }
    return sum;
  }
}
