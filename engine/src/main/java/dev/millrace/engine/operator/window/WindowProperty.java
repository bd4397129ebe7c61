package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;

/** What a result says of its window, in a column of its own. */
public enum WindowProperty {
  /** Its start, local. */
  START,
  /** Its end, local. */
  END,
  /** Its last millisecond, as a point in time if row times are such. */
  TIME;

  /** The property of each window, given by its local start and end. */
  Vector of(long[] starts, long[] ends, WindowZone zone) {
    return switch (this) {
      case START -> new TimestampVector(starts.length, starts, null, null);
      case END -> new TimestampVector(ends.length, ends, null, null);
      case TIME -> {
        long[] times = new long[ends.length];
        for (int i = 0; i < times.length; i++) {
          times[i] = zone.toEpoch(ends[i] - 1);
        }
        yield new TimestampVector(times.length, times, null, null);
      }
    };
  }
}
