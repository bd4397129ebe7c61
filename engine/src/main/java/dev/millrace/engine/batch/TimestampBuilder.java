package dev.millrace.engine.batch;

import java.util.Arrays;

/** Builds a {@link TimestampVector}. */
public final class TimestampBuilder extends VectorBuilder {
  private long[] millis = new long[INITIAL_CAPACITY];
  private int[] nanos;

  public void append(long epochMillis) {
    append(epochMillis, 0);
  }

  /** Appends milliseconds since the epoch and nanoseconds of that millisecond. */
  public void append(long epochMillis, int nanosOfMilli) {
    int position = next();
    if (position == millis.length) {
      millis = Arrays.copyOf(millis, grown(position));
    }
    millis[position] = epochMillis;
    if (nanosOfMilli != 0 || nanos != null) {
      setNanos(position, nanosOfMilli);
    }
  }

  private void setNanos(int position, int nanosOfMilli) {
    if (nanos == null) {
      nanos = new int[millis.length];
    } else if (position >= nanos.length) {
      nanos = Arrays.copyOf(nanos, millis.length);
    }
    nanos[position] = nanosOfMilli;
  }

  @Override
  protected void fillDefaults(int from, int to) {
    if (to > millis.length) {
      millis = Arrays.copyOf(millis, grown(to));
    }
    Arrays.fill(millis, from, to, 0L);
    if (nanos != null) {
      nanos = to > nanos.length ? Arrays.copyOf(nanos, millis.length) : nanos;
      Arrays.fill(nanos, from, to, 0);
    }
  }

  @Override
  public TimestampVector build() {
    return new TimestampVector(size(), millis, nanos, builtNulls());
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    millis = new long[millis.length];
    nanos = null;
  }
}
