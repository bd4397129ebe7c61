package dev.millrace.engine.operator.window;

import java.time.ZoneId;

/**
 * What puts a row into a window.
 *
 * @param kind what it is
 * @param column the column that holds it, -1 for the processing time
 * @param zone whose local time windows are cut from; UTC if row times are local already
 */
public record RowTime(Kind kind, int column, ZoneId zone) {
  /** What puts a row into a window. */
  public enum Kind {
    /** The row's time, a timestamp. */
    ROW_TIME,
    /** The time at which the operator sees the row. */
    PROCESSING_TIME,
    /** The end of its slice in local milliseconds, as {@link LocalWindowAggregate} adds it. */
    SLICE_END,
    /** The end of its window, a TIMESTAMP. */
    WINDOW_END
  }

  public boolean isProcessingTime() {
    return kind == Kind.PROCESSING_TIME;
  }
}
