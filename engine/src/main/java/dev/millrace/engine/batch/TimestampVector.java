package dev.millrace.engine.batch;

/**
 * A vector of timestamps: milliseconds since the epoch plus nanoseconds of the millisecond (0 to
 * 999,999), the latter null when all are zero, as for a precision of up to 3.
 */
public final class TimestampVector extends Vector {
  private final long[] millis;
  private final int[] nanos;

  public TimestampVector(int size, long[] millis, int[] nanos, boolean[] nulls) {
    super(size, nulls);
    this.millis = millis;
    this.nanos = nanos;
  }

  public long[] millis() {
    return millis;
  }

  /** Nanoseconds of the millisecond, or null when all are zero. */
  public int[] nanos() {
    return nanos;
  }

  public int nanosAt(int position) {
    return nanos == null ? 0 : nanos[position];
  }

  @Override
  public TimestampVector take(int[] positions, int count) {
    return new TimestampVector(
        count,
        Gather.take(millis, positions, count),
        nanos == null ? null : Gather.take(nanos, positions, count),
        takeNulls(positions, count));
  }

  @Override
  public TimestampVector withNulls(boolean[] newNulls) {
    return new TimestampVector(size(), millis, nanos, newNulls);
  }
}
