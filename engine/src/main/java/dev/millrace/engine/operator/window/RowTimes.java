package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.operator.RowFailures;
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
    boolean[] missing = time.isProcessingTime() ? null : batch.column(time.column()).nulls();
    return RowFailures.without(Positions.all(batch.rowCount()), missing);
  }

  /** The rows that have a time; the others, which belong to no window, are reported. */
  Batch withTime(Batch batch, OperatorContext context) {
    String message =
        ": the row time of a row is null. Filter such rows out before the window, or compute a row"
            + " time that is never null.";
    return time.isProcessingTime()
        ? batch
        : RowFailures.withValue(context, 0, batch, time.column(), message);
  }
}
