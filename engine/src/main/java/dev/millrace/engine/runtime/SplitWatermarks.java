package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.dataflow.WatermarkStrategy;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.time.Watermarks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The watermark of one source instance: the minimum over its splits, those left out that have had
 * no rows for the idle timeout. Without a strategy there is no watermark, just idleness.
 */
final class SplitWatermarks {
  private static final class State {
    private long watermark = Watermarks.NONE;
    private long lastRowNanos;
    private boolean idle;
  }

  private final Expression watermark;
  private final long idleNanos;
  private final InstanceContext context;
  private final Map<Split, State> splits = new HashMap<>();
  private long current = Watermarks.NONE;

  /** {@code strategy} may be null. */
  SplitWatermarks(WatermarkStrategy strategy, InstanceContext context) {
    this.watermark = strategy == null ? null : strategy.watermark().get();
    this.idleNanos =
        strategy == null || strategy.idleTimeout() == null
            ? Long.MAX_VALUE
            : strategy.idleTimeout().toNanos();
    this.context = context;
  }

  /** {@code watermark} is that of the rows that were read of the split before. */
  void add(Split split, long watermark) {
    State state = new State();
    state.watermark = watermark;
    state.lastRowNanos = context.clock().nanoTime();
    splits.put(split, state);
  }

  void remove(Split split) {
    splits.remove(split);
  }

  /** The active ones. */
  List<Split> splits() {
    return List.copyOf(splits.keySet());
  }

  /** The watermark of an active split's rows so far. */
  long of(Split split) {
    return splits.get(split).watermark;
  }

  int activeSplits() {
    return splits.size();
  }

  /** Takes note of a split's rows. */
  void rows(Split split, Batch batch) {
    State state = splits.get(split);
    state.lastRowNanos = context.clock().nanoTime();
    state.idle = false;
    if (watermark != null) {
      EvaluationContext evaluation = context.evaluation();
      TimestampVector rows =
          (TimestampVector) watermark.evaluate(batch, Positions.all(batch.rowCount()), evaluation);
      evaluation.failOnErrors(context.name() + ", watermark");
      state.watermark = Math.max(state.watermark, Watermarks.highest(rows, batch.rowCount()));
    }
  }

  /** Marks the splits that have had no rows for too long; returns whether any split is left. */
  boolean anyActive() {
    long now = context.clock().nanoTime();
    boolean active = false;
    for (State state : splits.values()) {
      state.idle |= now - state.lastRowNanos >= idleNanos;
      active |= !state.idle;
    }
    return active;
  }

  /** The watermark if it has risen since the last call, else {@link Watermarks#NONE}. */
  long risen() {
    long lowest = Watermarks.END;
    boolean any = false;
    for (State state : splits.values()) {
      if (!state.idle) {
        any = true;
        lowest = Math.min(lowest, state.watermark);
      }
    }
    if (!any || lowest <= current) {
      return Watermarks.NONE;
    }
    current = lowest;
    return current;
  }
}
