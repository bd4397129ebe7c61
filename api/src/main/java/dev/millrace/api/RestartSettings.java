package dev.millrace.api;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.runtime.RestartStrategy;
import dev.millrace.engine.runtime.RestartStrategy.ExponentialDelay;
import dev.millrace.engine.runtime.RestartStrategy.FailureRate;
import dev.millrace.engine.runtime.RestartStrategy.FixedDelay;
import dev.millrace.engine.runtime.RestartStrategy.None;
import dev.millrace.plan.document.PlanSettings;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What the options of a session say about restarts, under Flink's names. */
final class RestartSettings {
  private static final String PREFIX = "restart-strategy.";
  private static final Option<String> TYPE = Option.text(PREFIX + "type", "");

  private static final Option<Integer> FIXED_ATTEMPTS =
      Option.integer(PREFIX + "fixed-delay.attempts", 1);
  private static final Option<Duration> FIXED_DELAY =
      Option.duration(PREFIX + "fixed-delay.delay", Duration.ofSeconds(1));

  private static final Option<Integer> RATE_FAILURES =
      Option.integer(PREFIX + "failure-rate.max-failures-per-interval", 1);
  private static final Option<Duration> RATE_INTERVAL =
      Option.duration(PREFIX + "failure-rate.failure-rate-interval", Duration.ofMinutes(1));
  private static final Option<Duration> RATE_DELAY =
      Option.duration(PREFIX + "failure-rate.delay", Duration.ofSeconds(1));

  private static final String EXPONENTIAL = PREFIX + "exponential-delay.";
  private static final Option<Duration> INITIAL_BACKOFF =
      Option.duration(EXPONENTIAL + "initial-backoff", Duration.ofSeconds(1));
  private static final Option<Duration> MAX_BACKOFF =
      Option.duration(EXPONENTIAL + "max-backoff", Duration.ofMinutes(1));
  private static final Option<String> MULTIPLIER =
      Option.text(EXPONENTIAL + "backoff-multiplier", "1.5");
  private static final Option<Duration> RESET_THRESHOLD =
      Option.duration(EXPONENTIAL + "reset-backoff-threshold", Duration.ofHours(1));
  private static final Option<String> JITTER = Option.text(EXPONENTIAL + "jitter-factor", "0.1");
  private static final Option<String> ATTEMPTS =
      Option.text(EXPONENTIAL + "attempts-before-reset-backoff", "infinite");

  private static final List<String> KNOWN =
      List.of("none", "fixed-delay", "failure-rate", "exponential-delay");

  private RestartSettings() {}

  /** Unless it is said, a job starts again if it has checkpoints to go on from. */
  static RestartStrategy of(PlanSettings settings, boolean checkpointing) {
    String type = settings.get(TYPE).toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    return switch (type) {
      case "" -> checkpointing ? exponential(settings) : new None();
      case "none", "off", "disable" -> new None();
      case "fixeddelay" -> new FixedDelay(settings.get(FIXED_ATTEMPTS), settings.get(FIXED_DELAY));
      case "failurerate" ->
          new FailureRate(
              settings.get(RATE_FAILURES), settings.get(RATE_INTERVAL), settings.get(RATE_DELAY));
      case "exponentialdelay" -> exponential(settings);
      default ->
          throw MillraceException.usage(
              "Option '%s' has the value '%s', which is no restart strategy (known: %s)%s"
                  .formatted(
                      TYPE.name(),
                      settings.get(TYPE),
                      String.join(", ", KNOWN),
                      Nearest.hintOr(settings.get(TYPE), KNOWN)));
    };
  }

  private static ExponentialDelay exponential(PlanSettings settings) {
    String attempts = settings.get(ATTEMPTS);
    return new ExponentialDelay(
        settings.get(INITIAL_BACKOFF),
        settings.get(MAX_BACKOFF),
        number(MULTIPLIER, settings),
        settings.get(RESET_THRESHOLD),
        number(JITTER, settings),
        attempts.equals(ATTEMPTS.defaultValue())
            ? Integer.MAX_VALUE
            : (int) number(ATTEMPTS, settings));
  }

  private static double number(Option<String> option, PlanSettings settings) {
    try {
      return Double.parseDouble(settings.get(option));
    } catch (NumberFormatException e) {
      throw MillraceException.usage(
          "Option '%s' has the value '%s', which is no number."
              .formatted(option.name(), settings.get(option)),
          e);
    }
  }
}
