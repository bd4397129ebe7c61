package dev.millrace.engine.batch;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A vector of unscaled decimals in two's complement: 64 bits each for a precision of up to 18
 * digits ({@code high} is null), else 128 bits. The scale is the column type's.
 */
public final class DecimalVector extends Vector {
  /** The largest precision whose unscaled values fit into 64 bits. */
  public static final int MAX_COMPACT_PRECISION = 18;

  private final long[] low;
  private final long[] high;

  public DecimalVector(int size, long[] low, long[] high, boolean[] nulls) {
    super(size, nulls);
    this.low = low;
    this.high = high;
  }

  /** The low 64 bits, or the whole value of a compact decimal. */
  public long[] low() {
    return low;
  }

  /** The high 64 bits, or null for a precision of up to {@link #MAX_COMPACT_PRECISION}. */
  public long[] high() {
    return high;
  }

  public BigInteger unscaled(int position) {
    return high == null
        ? BigInteger.valueOf(low[position])
        : unscaled(high[position], low[position]);
  }

  public BigDecimal decimal(int position, int scale) {
    return high == null
        ? BigDecimal.valueOf(low[position], scale)
        : new BigDecimal(unscaled(position), scale);
  }

  /** The 128-bit two's complement number {@code high:low}. */
  public static BigInteger unscaled(long high, long low) {
    if (high == low >> 63) {
      return BigInteger.valueOf(low);
    }
    return BigInteger.valueOf(high).shiftLeft(64).add(unsigned(low));
  }

  private static BigInteger unsigned(long value) {
    BigInteger signed = BigInteger.valueOf(value);
    return value >= 0 ? signed : signed.add(BigInteger.ONE.shiftLeft(64));
  }

  @Override
  public DecimalVector take(int[] positions, int count) {
    return new DecimalVector(
        count,
        Gather.take(low, positions, count),
        high == null ? null : Gather.take(high, positions, count),
        takeNulls(positions, count));
  }

  @Override
  public DecimalVector withNulls(boolean[] newNulls) {
    return new DecimalVector(size(), low, high, newNulls);
  }
}
