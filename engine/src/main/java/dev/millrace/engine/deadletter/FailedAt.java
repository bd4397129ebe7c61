package dev.millrace.engine.deadletter;

import java.util.Locale;

/** Where on its way a row failed. */
public enum FailedAt {
  /** A record of a source that is no row of its table. */
  DECODE,
  /** An expression, or a cast or function in it, that has no value for the row. */
  EXPRESSION,
  /** The row came after what it belongs to was complete. */
  LATE,
  /** The table written to does not take the row. */
  SINK;

  /** The class of what was thrown; the kind of failure if {@code cause} is null. */
  String errorClass(Throwable cause) {
    if (cause != null) {
      return cause.getClass().getName();
    }
    return switch (this) {
      case DECODE -> "MalformedRecord";
      case EXPRESSION -> "FailedExpression";
      case LATE -> "LateRow";
      case SINK -> "RefusedRow";
    };
  }

  /** As the dead-letter table has it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
