package dev.millrace.engine.runtime;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.Random;

/** Counts the failures of one job by its strategy. Not thread-safe. */
final class Restarts {
  private final RestartStrategy strategy;
  private final Random random;
  private final Deque<Long> failures = new ArrayDeque<>();
  private int attempts;
  private Duration delay = Duration.ZERO;
  private long lastStartNanos;

  /** {@code random} decides the jitter. */
  Restarts(RestartStrategy strategy, Random random) {
    this.strategy = strategy;
    this.random = random;
  }

  /** The job has started at this time. */
  void started(long nanos) {
    lastStartNanos = nanos;
  }

  /** The job has failed at this time; returns after which delay it starts again, if it does. */
  Optional<Duration> failed(long nanos) {
    if (strategy instanceof RestartStrategy.FixedDelay fixed) {
      return attempts++ < fixed.attempts() ? Optional.of(fixed.delay()) : Optional.empty();
    }
    if (strategy instanceof RestartStrategy.FailureRate rate) {
      return byRate(rate, nanos);
    }
    if (strategy instanceof RestartStrategy.ExponentialDelay exponential) {
      return exponential(exponential, nanos);
    }
    return Optional.empty();
  }

  private Optional<Duration> byRate(RestartStrategy.FailureRate rate, long nanos) {
    failures.add(nanos);
    while (nanos - failures.peek() > rate.interval().toNanos()) {
      failures.remove();
    }
    return failures.size() > rate.maxFailures() ? Optional.empty() : Optional.of(rate.delay());
  }

  private Optional<Duration> exponential(RestartStrategy.ExponentialDelay by, long nanos) {
    boolean anew = attempts == 0 || nanos - lastStartNanos >= by.resetThreshold().toNanos();
    attempts = anew ? 1 : attempts + 1;
    delay = anew ? by.initial() : shorter(by.max(), times(delay, by.multiplier()));
    if (attempts > by.attempts()) {
      return Optional.empty();
    }
    double jitter = 1 + by.jitter() * (2 * random.nextDouble() - 1);
    return Optional.of(shorter(by.max(), times(delay, jitter)));
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofMillis(Math.round(duration.toMillis() * factor));
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) <= 0 ? a : b;
  }
}
