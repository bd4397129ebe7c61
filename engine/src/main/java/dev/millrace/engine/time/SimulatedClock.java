package dev.millrace.engine.time;

import java.time.Duration;

/** A clock that stands still until it is told to move. Not thread-safe. */
public final class SimulatedClock implements Clock {
  private long nanos;

  /** Starts at this time since the epoch. */
  public SimulatedClock(Duration start) {
    this.nanos = start.toNanos();
  }

  public void advance(Duration by) {
    nanos += by.toNanos();
  }

  @Override
  public long millis() {
    return Math.floorDiv(nanos, 1_000_000L);
  }

  @Override
  public long nanoTime() {
    return nanos;
  }
}
