package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.dataflow.WatermarkStrategy;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.operator.RowFailures;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
  private final Supplier<DataType> rowType;
  private final InstanceContext context;
  private final Map<Split, State> splits = new HashMap<>();
  private long current = Watermarks.NONE;

  /** {@code strategy} may be null; {@code rowType} is the ROW of the source. */
  SplitWatermarks(WatermarkStrategy strategy, Supplier<DataType> rowType, InstanceContext context) {
    this.watermark = strategy == null ? null : strategy.watermark().get();
    this.idleNanos =
        strategy == null || strategy.idleTimeout() == null
            ? Long.MAX_VALUE
            : strategy.idleTimeout().toNanos();
    this.rowType = rowType;
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

  /** Takes note of a split's rows; returns them without those that have no watermark. */
  Batch rows(Split split, Batch batch) {
    State state = splits.get(split);
    state.lastRowNanos = context.clock().nanoTime();
    state.idle = false;
    if (watermark == null) {
      return batch;
    }
    EvaluationContext evaluation = context.evaluation();
    TimestampVector rows =
        (TimestampVector) watermark.evaluate(batch, Positions.all(batch.rowCount()), evaluation);
    boolean[] failed =
        RowFailures.report(
            evaluation, context.errors(), context.name() + ", watermark", rowType, batch);
    Positions others = RowFailures.without(Positions.all(batch.rowCount()), failed);
    TimestampVector known = (TimestampVector) others.take(rows);
    state.watermark = Math.max(state.watermark, Watermarks.highest(known, others.count()));
    return batch.take(others);
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
