package dev.millrace.engine.function;

import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.type.DataType;
import java.math.BigDecimal;

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
    this.limit = compact ? Decimals.pow10(precision) : Long.MAX_VALUE;
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

  /** Sets a 128-bit unscaled value of the result's scale, which fits a result of that width. */
  void set(int position, long highBits, long lowBits) {
    low[position] = lowBits;
    high[position] = highBits;
  }

  /** Rounds half up to the result's scale; a value with too many digits becomes null. */
  void set(int position, BigDecimal value) {
    if (!Decimals.store(value, precision, scale, high, low, position)) {
      result.setNull(position);
    }
  }

  DecimalVector build() {
    return new DecimalVector(low.length, low, high, result.nulls());
  }
}
