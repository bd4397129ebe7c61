package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.operator.OperatorContext;
import java.util.Arrays;

/** Reads the times of a batch's rows. Not thread-safe. */
final class RowTimes {
  private final RowTime time;
  private final WindowZone zone;

  RowTimes(RowTime time, WindowZone zone) {
    this.time = time;
    this.zone = zone;
  }

  /**
   * The local time of each row, or {@code now} (a point in time) in processing time; undefined for
   * a row without a time.
   */
  long[] local(Batch batch, long now) {
    int rows = batch.rowCount();
    long[] local = new long[rows];
    if (time.isProcessingTime()) {
      Arrays.fill(local, zone.toLocal(now));
      return local;
    }
    long[] millis = ((TimestampVector) batch.column(time.column())).millis();
    if (zone.isUtc()) {
      return millis;
    }
    for (int i = 0; i < rows; i++) {
      local[i] = zone.toLocal(millis[i]);
    }
    return local;
  }

  /** The end of each row's slice; {@code now} is the processing time. */
  long[] sliceEnds(Batch batch, Windows windows, long now) {
    return switch (time.kind()) {
      case SLICE_END -> ((LongVector) batch.column(time.column())).values();
      case WINDOW_END -> ((TimestampVector) batch.column(time.column())).millis();
      default -> windows.sliceEnds(local(batch, now), batch.rowCount());
    };
  }

  /** Those of the rows that have a time. */
  Positions timed(Batch batch) {
    boolean[] missing = missing(batch);
    if (missing == null) {
      return Positions.all(batch.rowCount());
    }
    int[] rows = new int[batch.rowCount()];
    int n = 0;
    for (int row = 0; row < rows.length; row++) {
      if (!missing[row]) {
        rows[n++] = row;
      }
    }
    return n == rows.length ? Positions.all(n) : Positions.of(rows, n);
  }

  /** True where a row has no time; null if all have one. */
  private boolean[] missing(Batch batch) {
    return time.isProcessingTime() ? null : batch.column(time.column()).nulls();
  }

  /** The rows that have a time; the others, which belong to no window, are reported. */
  Batch withTime(Batch batch, OperatorContext context) {
    Positions timed = timed(batch);
    String message =
        ": the row time of a row is null. Filter such rows out before the window, or compute a row"
            + " time that is never null.";
    for (int row : timed.others(batch.rowCount())) {
      context.errors().reject(FailedAt.EXPRESSION, 0, batch, row, context.name() + message, null);
    }
    return batch.take(timed);
  }
}
