package dev.millrace.engine.metrics;

import java.util.List;

/**
 * What a number of a job means, for whoever shows it.
 *
 * @param name unique among all; words joined by {@code _}
 * @param help one sentence for people
 * @param labels the names of what tells its numbers apart within their scope
 */
public record Metric(
    String name, Kind kind, Scope scope, Unit unit, String help, List<String> labels) {
  /** How a number moves. */
  public enum Kind {
    /** Only grows while the job runs. */
    COUNTER,
    /** Goes up and down. */
    GAUGE
  }

  /** What has a number of its own. */
  public enum Scope {
    JOB,
    /** A parallel instance of a node. */
    INSTANCE
  }

  /** What a number counts. The base unit of all times is the second. */
  public enum Unit {
    ROWS,
    ROWS_PER_SECOND,
    BATCHES,
    LETTERS,
    CHECKPOINTS,
    BYTES,
    /** From 0 to 1. */
    RATIO,
    NANOSECONDS,
    MILLISECONDS,
    /** Since the epoch; the ends of {@code long} stand for no time at all. */
    EPOCH_MILLISECONDS;

    /** A number in the base unit; NaN if there is none. */
    public double toBase(double number) {
      return switch (this) {
        case NANOSECONDS -> number / 1e9;
        case MILLISECONDS -> number / 1e3;
        case EPOCH_MILLISECONDS ->
            number == Long.MIN_VALUE || number == Long.MAX_VALUE ? Double.NaN : number / 1e3;
        case ROWS, ROWS_PER_SECOND, BATCHES, LETTERS, CHECKPOINTS, BYTES, RATIO -> number;
      };
    }
  }
}
