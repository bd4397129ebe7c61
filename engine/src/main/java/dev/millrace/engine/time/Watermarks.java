package dev.millrace.engine.time;

import dev.millrace.engine.batch.TimestampVector;

/** Special watermarks and how they come from rows; milliseconds since the epoch. */
public final class Watermarks {
  /** No watermark yet. */
  public static final long NONE = Long.MIN_VALUE;

  /** The input is complete: every row time has passed. */
  public static final long END = Long.MAX_VALUE;

  private Watermarks() {}

  /** The highest of the first {@code count} timestamps that are not null, or {@link #NONE}. */
  public static long highest(TimestampVector timestamps, int count) {
    long[] millis = timestamps.millis();
    boolean[] nulls = timestamps.nulls();
    long highest = NONE;
    for (int i = 0; i < count; i++) {
      if (nulls == null || !nulls[i]) {
        highest = Math.max(highest, millis[i]);
      }
    }
    return highest;
  }
}
