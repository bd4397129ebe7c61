package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.time.Watermarks;
import java.time.Duration;

/**
 * Computes watermarks from the rows that pass: after each batch the highest so far. Watermarks from
 * upstream are dropped, except the last one, which says that the input is complete.
 */
public final class WatermarkAssigner implements Operator {
  private static final String WITHOUT_TIME =
      ": the row time of a row is null. Filter such rows out before the watermark, or compute a row"
          + " time that is never null.";

  private final Expression watermark;
  private final int rowtimeColumn;
  private final Duration idleTimeout;
  private OperatorContext context;
  private long current = Watermarks.NONE;
  private long lastRowNanos;
  private boolean idle;

  /**
   * {@code watermark} gives each row's watermark, a timestamp; {@code idleTimeout} is null if the
   * input is never taken for idle.
   */
  public WatermarkAssigner(Expression watermark, int rowtimeColumn, Duration idleTimeout) {
    this.watermark = watermark;
    this.rowtimeColumn = rowtimeColumn;
    this.idleTimeout = idleTimeout;
  }

  @Override
  public void open(OperatorContext operatorContext) {
    context = operatorContext;
    lastRowNanos = context.clock().nanoTime();
  }

  @Override
  public void process(int input, Batch batch) {
    lastRowNanos = context.clock().nanoTime();
    setIdle(false);
    Batch timed = RowFailures.withValue(context, input, batch, rowtimeColumn, WITHOUT_TIME);
    Positions rows = Positions.all(timed.rowCount());
    TimestampVector watermarks =
        (TimestampVector) watermark.evaluate(timed, rows, context.evaluation());
    boolean[] failed =
        RowFailures.report(
            context.evaluation(), context.errors(), context.name() + ", watermark", input, timed);
    Positions others = RowFailures.without(rows, failed);
    context.output().emit(timed.take(others));
    TimestampVector known = (TimestampVector) others.take(watermarks);
    advanceTo(Watermarks.highest(known, others.count()));
  }

  private void advanceTo(long timestamp) {
    if (timestamp > current) {
      current = timestamp;
      context.output().emitWatermark(timestamp);
    }
  }

  private void setIdle(boolean nowIdle) {
    if (idle != nowIdle) {
      idle = nowIdle;
      context.output().emitIdle(nowIdle);
    }
  }

  @Override
  public void tick() {
    if (idleTimeout != null && context.clock().nanoTime() - lastRowNanos >= idleTimeout.toNanos()) {
      setIdle(true);
    }
  }

  @Override
  public void watermark(long timestamp) {
    if (timestamp == Watermarks.END) {
      setIdle(false);
      advanceTo(timestamp);
    }
  }

  /** An idle input is seen by the missing rows, or by the input's own statement. */
  @Override
  public void idle(boolean inputIdle) {
    if (inputIdle || idleTimeout == null) {
      setIdle(inputIdle);
    }
  }
}
