package dev.millrace.engine.runtime;

import dev.millrace.engine.time.Clock;
import java.time.Duration;

/** Says now and then that it is time for what depends on the clock. Not thread-safe. */
final class Ticker {
  private static final long INTERVAL_NANOS = Duration.ofMillis(100).toNanos();

  private final Clock clock;
  private long lastNanos;

  Ticker(Clock clock) {
    this.clock = clock;
    this.lastNanos = clock.nanoTime();
  }

  boolean due() {
    long now = clock.nanoTime();
    if (now - lastNanos < INTERVAL_NANOS) {
      return false;
    }
    lastNanos = now;
    return true;
  }
}
