package dev.millrace.engine.expression;

/**
 * An interval of values; a bound is of the class that {@link dev.millrace.engine.batch.Values} has
 * for its type, or null where the interval is open to that side.
 */
public record SearchRange(
    Object lower, boolean lowerInclusive, Object upper, boolean upperInclusive) {
  static SearchRange point(Object value) {
    return new SearchRange(value, true, value, true);
  }

  /** Whether this is a single value. */
  boolean isPoint() {
    return lower != null && lowerInclusive && upperInclusive && lower.equals(upper);
  }
}
