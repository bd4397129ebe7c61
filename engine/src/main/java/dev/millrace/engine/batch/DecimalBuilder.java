package dev.millrace.engine.batch;

import java.math.BigInteger;
import java.util.Arrays;

/** Builds a {@link DecimalVector} of a given precision; values are unscaled. */
public final class DecimalBuilder extends VectorBuilder {
  private long[] low = new long[INITIAL_CAPACITY];
  private long[] high;

  public DecimalBuilder(int precision) {
    high = precision <= DecimalVector.MAX_COMPACT_PRECISION ? null : new long[INITIAL_CAPACITY];
  }

  /** Whether values are 64 bits wide, so that {@link #append(long)} is enough. */
  public boolean compact() {
    return high == null;
  }

  public void append(long unscaled) {
    append(unscaled >> 63, unscaled);
  }

  /** Appends the 128-bit number {@code highBits:lowBits}; a compact builder drops the high bits. */
  public void append(long highBits, long lowBits) {
    int position = next();
    if (position == low.length) {
      low = Arrays.copyOf(low, grown(position));
      high = high == null ? null : Arrays.copyOf(high, grown(position));
    }
    low[position] = lowBits;
    if (high != null) {
      high[position] = highBits;
    }
  }

  public void append(BigInteger unscaled) {
    append(unscaled.shiftRight(64).longValue(), unscaled.longValue());
  }

  @Override
  protected void fillDefaults(int from, int to) {
    if (to > low.length) {
      low = Arrays.copyOf(low, grown(to));
      high = high == null ? null : Arrays.copyOf(high, grown(to));
    }
    Arrays.fill(low, from, to, 0L);
    if (high != null) {
      Arrays.fill(high, from, to, 0L);
    }
  }

  @Override
  public DecimalVector build() {
    return new DecimalVector(size(), low, high, builtNulls());
  }

  @Override
  protected void resetValues(ByteHeap heap) {
    low = new long[low.length];
    high = high == null ? null : new long[high.length];
  }
}
