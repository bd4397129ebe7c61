package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact numeric column as unscaled 64-bit or 128-bit numbers: a decimal, or an integer with
 * scale 0.
 *
 * @param high null when 64 bits hold every value
 * @param digits the most digits that a value can have
 */
public record DecimalColumn(long[] low, long[] high, int digits, int scale) {
  public static DecimalColumn of(Vector vector, DataType type, int count) {
    if (vector instanceof DecimalVector decimals) {
      return new DecimalColumn(decimals.low(), decimals.high(), type.precision(), type.scale());
    }
    return new DecimalColumn(NumericArrays.longs(vector, count), null, digits(type), 0);
  }

  /** Digits of an exact numeric type, before and after the point. */
  static int digits(DataType type) {
    return switch (type.root()) {
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INT -> 10;
      case BIGINT -> 19;
      default -> type.precision();
    };
  }

  public BigDecimal get(int position) {
    if (high == null) {
      return BigDecimal.valueOf(low[position], scale);
    }
    BigInteger unscaled = DecimalVector.unscaled(high[position], low[position]);
    return new BigDecimal(unscaled, scale);
  }

  /** The high 64 bits of the value, which are all sign where the column holds only the low ones. */
  public long highAt(int position) {
    return high == null ? low[position] >> 63 : high[position];
  }

  /** Whether 64 bits hold the value. */
  public boolean isLong(int position) {
    return high == null || high[position] == low[position] >> 63;
  }

  /** Whether all values have up to 18 digits when brought to a scale without rounding. */
  public boolean fitsAtScale(int newScale) {
    return scale <= newScale && digits + newScale - scale <= DecimalVector.MAX_COMPACT_PRECISION;
  }
}
