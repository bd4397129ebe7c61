package dev.millrace.engine.operator.window;

import dev.millrace.engine.operator.ForwardingOperator;

/** An operator whose windows are complete when the watermark, or the clock, says so. */
abstract class WindowOperator extends ForwardingOperator {
  private final RowTime time;
  private final WindowZone zone;
  private final RowTimes times;
  private final Progress progress = new Progress();

  WindowOperator(RowTime time) {
    this.time = time;
    this.zone = new WindowZone(time.zone());
    this.times = new RowTimes(time, zone);
  }

  /** Emits what is complete now that time has come from {@code before} to {@code to}. */
  abstract void complete(long before, long to);

  final WindowZone zone() {
    return zone;
  }

  final RowTimes times() {
    return times;
  }

  final Progress progress() {
    return progress;
  }

  /**
   * The processing time for the rows that follow, never less than before; meaningless in row time.
   */
  final long now() {
    tick();
    return progress.time() + 1;
  }

  @Override
  public final void watermark(long timestamp) {
    if (!time.isProcessingTime()) {
      advance(timestamp);
    }
    super.watermark(timestamp);
  }

  /** A millisecond is over when the clock shows the next one. */
  @Override
  public final boolean emitsOnTick() {
    return time.isProcessingTime();
  }

  @Override
  public final void tick() {
    if (time.isProcessingTime()) {
      advance(context().clock().millis() - 1);
    }
  }

  private void advance(long to) {
    long before = progress.time();
    if (progress.advance(to)) {
      complete(before, to);
    }
  }
}
