package dev.millrace.engine.function.temporal;

import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.type.DataType;
import java.text.SimpleDateFormat;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Compiles date patterns, giving null for a malformed one. Flink takes those of {@link
 * DateTimeFormatter} for timestamps and those of {@link SimpleDateFormat} for strings and numbers.
 */
final class Patterns {
  /** What functions without a pattern argument use. */
  static final String DEFAULT = "yyyy-MM-dd HH:mm:ss";

  /** The names of months and days, and the first day of a week, whatever the machine's locale. */
  static final Locale LOCALE = Locale.US;

  private Patterns() {}

  /** The argument that a call without a pattern means. */
  static Literal defaultArgument() {
    return new Literal(DataType.string().withNullable(false), DEFAULT);
  }

  /** A pattern's formatter and, if it is that plain, its fixed form; else that is null. */
  record ForTimestamps(DateTimeFormatter formatter, FixedPattern fixed) {}

  /** A pattern's formatter and, if it is that plain, its fixed form; else that is null. */
  record ForInstants(SimpleDateFormat formatter, FixedPattern fixed) {}

  static ForTimestamps forTimestamps(String pattern) {
    try {
      return new ForTimestamps(
          DateTimeFormatter.ofPattern(pattern, LOCALE), FixedPattern.compile(pattern, true));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  static ForInstants forInstants(String pattern) {
    try {
      return new ForInstants(
          new SimpleDateFormat(pattern, LOCALE), FixedPattern.compile(pattern, false));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
