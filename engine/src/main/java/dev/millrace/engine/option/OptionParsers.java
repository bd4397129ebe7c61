package dev.millrace.engine.option;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads option values the way Flink writes them. Every failure says what was expected. */
final class OptionParsers {
  private static final Pattern QUANTITY = Pattern.compile("\\s*(\\d+)\\s*([\\p{Alpha}µ]*)\\s*");
  private static final Map<String, Long> NANOS = new HashMap<>();
  private static final Map<String, Long> BYTES = new HashMap<>();

  static {
    units(NANOS, 1L, "ns", "nano", "nanos", "nanosecond", "nanoseconds");
    units(NANOS, 1_000L, "us", "µs", "micro", "micros", "microsecond", "microseconds");
    units(NANOS, 1_000_000L, "", "ms", "milli", "millis", "millisecond", "milliseconds");
    units(NANOS, 1_000_000_000L, "s", "sec", "secs", "second", "seconds");
    units(NANOS, 60_000_000_000L, "m", "min", "minute", "minutes");
    units(NANOS, 3_600_000_000_000L, "h", "hour", "hours");
    units(NANOS, 86_400_000_000_000L, "d", "day", "days");
    units(BYTES, 1L, "", "b", "bytes");
    units(BYTES, 1L << 10, "k", "kb", "kibibytes");
    units(BYTES, 1L << 20, "m", "mb", "mebibytes");
    units(BYTES, 1L << 30, "g", "gb", "gibibytes");
    units(BYTES, 1L << 40, "t", "tb", "tebibytes");
  }

  private OptionParsers() {}

  private static void units(Map<String, Long> into, long factor, String... names) {
    for (String name : names) {
      into.put(name, factor);
    }
  }

  static boolean bool(String text) {
    return switch (text.trim().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("expected true or false");
    };
  }

  static Duration duration(String text) {
    if (text.trim().toUpperCase(Locale.ROOT).startsWith("PT")) {
      return Duration.parse(text.trim());
    }
    return Duration.ofNanos(quantity(text, NANOS, "a time such as '10 s'"));
  }

  static long memory(String text) {
    return quantity(text, BYTES, "a size such as '64 mb'");
  }

  private static long quantity(String text, Map<String, Long> units, String expected) {
    Matcher matcher = QUANTITY.matcher(text);
    Long factor = matcher.matches() ? units.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
    if (factor == null) {
      throw new IllegalArgumentException("expected " + expected);
    }
    return Math.multiplyExact(Long.parseLong(matcher.group(1)), factor);
  }

  static <E extends Enum<E>> E choice(Class<E> type, String text) {
    for (E constant : type.getEnumConstants()) {
      if (written(constant).equals(text.trim().toLowerCase(Locale.ROOT).replace('_', '-'))) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "expected one of "
            + Arrays.stream(type.getEnumConstants())
                .map(OptionParsers::written)
                .collect(Collectors.joining(", ")));
  }

  private static String written(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
