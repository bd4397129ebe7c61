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

  /** As the dead-letter table has it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
