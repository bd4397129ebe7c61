package dev.millrace.connectors.datagen;

import dev.millrace.engine.batch.DecimalBuilder;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A column of random decimals, evenly spread between two bounds.
 *
 * @param lowest unscaled, inclusive
 * @param highest unscaled, inclusive
 */
record RandomDecimals(long seed, int precision, BigInteger lowest, BigInteger highest, Nulls nulls)
    implements Generator {

  /** The decimals of a type between {@code min} and {@code max}, as far as the type has them. */
  static RandomDecimals of(DataType type, long seed, double min, double max, Nulls nulls) {
    BigInteger largest = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
    return new RandomDecimals(
        seed,
        type.precision(),
        unscaled(min, type.scale(), RoundingMode.CEILING).max(largest.negate()),
        unscaled(max, type.scale(), RoundingMode.FLOOR).min(largest),
        nulls);
  }

  private static BigInteger unscaled(double bound, int scale, RoundingMode rounding) {
    return new BigDecimal(bound).setScale(scale, rounding).unscaledValue();
  }

  boolean isEmpty() {
    return lowest.compareTo(highest) > 0;
  }

  @Override
  public Vector generate(long[] rows, int count, long nowMillis) {
    if (precision <= DecimalVector.MAX_COMPACT_PRECISION) {
      long[] unscaled =
          RandomNumbers.longValues(rows, count, seed, lowest.longValue(), highest.longValue());
      return new DecimalVector(count, unscaled, null, nulls.of(rows, count));
    }
    BigInteger range = highest.subtract(lowest).add(BigInteger.ONE);
    DecimalBuilder builder = new DecimalBuilder(precision);
    for (int i = 0; i < count; i++) {
      BigInteger random = DecimalVector.unscaled(0, Randomness.at(seed, rows[i]));
      builder.append(range.multiply(random).shiftRight(Long.SIZE).add(lowest));
    }
    return builder.build().withNulls(nulls.of(rows, count));
  }
}
