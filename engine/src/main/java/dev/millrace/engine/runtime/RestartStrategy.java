package dev.millrace.engine.runtime;

import java.time.Duration;

/** Whether and when a job that has failed starts again. Flink's strategies, under its names. */
public sealed interface RestartStrategy {
  /** Never. */
  record None() implements RestartStrategy {}

  /** After the same delay each time, but only so many times. */
  record FixedDelay(int attempts, Duration delay) implements RestartStrategy {}

  /** After the same delay each time, until it fails too often within an interval. */
  record FailureRate(int maxFailures, Duration interval, Duration delay)
      implements RestartStrategy {}

  /**
   * After a delay that grows with every failure.
   *
   * @param multiplier of the delay from one failure to the next
   * @param resetThreshold after which, without a failure, it begins anew
   * @param jitter by which part of it a delay varies
   * @param attempts failures before the next reset that are too many
   */
  record ExponentialDelay(
      Duration initial,
      Duration max,
      double multiplier,
      Duration resetThreshold,
      double jitter,
      int attempts)
      implements RestartStrategy {}
}
