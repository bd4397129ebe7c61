package dev.millrace.engine.runtime;

import dev.millrace.engine.time.Clock;

/**
 * A clock that stands still while an operator is called, so that the call can be repeated. Not
 * thread-safe.
 */
final class CallClock implements Clock {
  private final Clock clock;
  private long millis;
  private long nanos;

  CallClock(Clock clock) {
    this.clock = clock;
    stop();
  }

  /** Stops at what the clock says now, and returns its milliseconds. */
  long stop() {
    millis = clock.millis();
    nanos = clock.nanoTime();
    return millis;
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public long nanoTime() {
    return nanos;
  }
}
