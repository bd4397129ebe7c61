package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.time.Watermarks;

/**
 * Lets a watermark pass only when it has reached the end of an interval of event time, as Flink
 * does between mini-batches: which rows come too late depends on it.
 */
public final class MiniBatchAssigner extends ForwardingOperator {
  private final long interval;
  private long next;

  /** {@code intervalMillis} is greater than 0. */
  public MiniBatchAssigner(long intervalMillis) {
    this.interval = intervalMillis;
    this.next = intervalMillis - 1;
  }

  @Override
  public void process(int input, Batch batch) {
    emit(batch);
  }

  @Override
  public void watermark(long timestamp) {
    if (timestamp == Watermarks.END) {
      super.watermark(timestamp);
    } else if (timestamp >= next) {
      super.watermark(timestamp);
      long end = timestamp - Math.floorMod(timestamp, interval) + interval - 1;
      next = end > timestamp ? end : end + interval;
    }
  }
}
