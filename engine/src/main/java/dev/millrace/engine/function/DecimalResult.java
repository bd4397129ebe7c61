package dev.millrace.engine.function;

import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.kernel.Decimals;
import dev.millrace.engine.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;

/** A decimal column under computation: takes values of any size, null where they do not fit. */
final class DecimalResult {
  private final int precision;
  private final int scale;
  private final Result result;
  private final long[] low;
  private final long[] high;
  private final long limit;

  DecimalResult(DataType type, Result result) {
    this.precision = type.precision();
    this.scale = type.scale();
    this.result = result;
    this.low = new long[result.count()];
    boolean compact = precision <= DecimalVector.MAX_COMPACT_PRECISION;
    this.high = compact ? null : new long[result.count()];
    this.limit = compact ? Decimals.POWERS_OF_TEN[precision] : Long.MAX_VALUE;
  }

  /** Sets an unscaled value of the result's scale; one with too many digits becomes null. */
  void set(int position, long unscaled) {
    if (high == null && (unscaled >= limit || unscaled <= -limit)) {
      result.setNull(position);
      return;
    }
    low[position] = unscaled;
    if (high != null) {
      high[position] = unscaled >> 63;
    }
  }

  /** Rounds half up to the result's scale; a value with too many digits becomes null. */
  void set(int position, BigDecimal value) {
    BigDecimal fitting = Decimals.fit(value, precision, scale);
    if (fitting == null) {
      result.setNull(position);
      return;
    }
    BigInteger unscaled = fitting.unscaledValue();
    low[position] = unscaled.longValue();
    if (high != null) {
      high[position] = unscaled.shiftRight(64).longValue();
    }
  }

  DecimalVector build() {
    return new DecimalVector(low.length, low, high, result.nulls());
  }
}
