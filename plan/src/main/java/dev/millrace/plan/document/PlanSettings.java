package dev.millrace.plan.document;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;

/** What the options of a session (SET) mean to us. Immutable. */
public final class PlanSettings {
  private static final Option<String> ZONE = Option.text("table.local-time-zone", "default");
  private static final Option<Duration> IDLE_TIMEOUT =
      Option.duration("table.exec.source.idle-timeout", Duration.ZERO);
  private static final Option<Duration> STATE_TTL =
      Option.duration("table.exec.state.ttl", Duration.ZERO);
  private static final Option<Integer> TABLE_PARALLELISM =
      Option.integer("table.exec.resource.default-parallelism", -1);
  private static final Option<Integer> PARALLELISM = Option.integer("parallelism.default", -1);

  private final Options options;

  public PlanSettings(Map<String, String> configuration) {
    this.options = new Options("the session", configuration);
  }

  /** The session's time zone; the machine's when it is not set. */
  public ZoneId zone() {
    String zone = options.get(ZONE);
    try {
      return zone.equals(ZONE.defaultValue()) ? ZoneId.systemDefault() : ZoneId.of(zone);
    } catch (DateTimeException e) {
      throw MillraceException.usage(
          "Option '%s' has the value '%s', which is no time zone; write it like 'Europe/Berlin'."
              .formatted(ZONE.name(), zone),
          e);
    }
  }

  /** After which an input without rows counts as idle; null for never. */
  public Duration idleTimeout() {
    Duration timeout = options.get(IDLE_TIMEOUT);
    return timeout.isZero() ? null : timeout;
  }

  /** How long state is kept by nodes that have no time of their own; zero for ever. */
  public Duration stateTtl() {
    return options.get(STATE_TTL);
  }

  /** The job's parallelism, or 0 when the session does not say. */
  public int parallelism() {
    int ofTables = options.get(TABLE_PARALLELISM);
    return Math.max(0, ofTables > 0 ? ofTables : options.get(PARALLELISM));
  }

  /** What happens to rows that cannot be processed. */
  public ErrorSettings errors() {
    return new ErrorSettings(this);
  }

  /** The options whose names begin with {@code prefix}, without it. */
  Map<String, String> prefixed(String prefix) {
    return options.prefixed(prefix).asMap();
  }

  /** All of them, for who knows options of its own. */
  public Options options() {
    return options;
  }

  /** The value of an option, or its default. */
  public <T> T get(Option<T> option) {
    return options.get(option);
  }

  /** An option as text, or the default. */
  public String get(String name, String defaultValue) {
    return options.get(Option.text(name, defaultValue));
  }
}
