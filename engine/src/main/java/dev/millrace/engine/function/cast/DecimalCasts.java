package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Nulls;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.Storage;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Casts from and to DECIMAL; a number with too many digits for its target becomes null. */
final class DecimalCasts {
  private static final double MAX_EXACT_DOUBLE = 0x1p53;

  private DecimalCasts() {}

  /** A decimal vector under construction. */
  private static final class Column {
    final long[] low;
    final long[] high;
    private final int precision;
    private final int scale;
    private boolean[] nulls;
    private boolean ownsNulls;

    Column(DataType type, int count, boolean[] nulls) {
      this.precision = type.precision();
      this.scale = type.scale();
      this.low = new long[count];
      this.high = precision > DecimalVector.MAX_COMPACT_PRECISION ? new long[count] : null;
      this.nulls = nulls;
    }

    boolean isNull(int position) {
      return nulls != null && nulls[position];
    }

    void set(int position, long highBits, long lowBits, int fromScale) {
      if (!Decimals.rescale(highBits, lowBits, fromScale, precision, scale, high, low, position)) {
        setNull(position);
      }
    }

    void set(int position, BigDecimal value) {
      if (!Decimals.store(value, precision, scale, high, low, position)) {
        setNull(position);
      }
    }

    private void setNull(int position) {
      if (!ownsNulls) {
        nulls = Nulls.copy(nulls, low.length);
        ownsNulls = true;
      }
      nulls[position] = true;
    }

    DecimalVector build() {
      return new DecimalVector(low.length, low, high, nulls);
    }
  }

  static Cast rescale(DataType source, DataType target) {
    if (source.precision() == target.precision() && source.scale() == target.scale()) {
      return Cast.IDENTITY;
    }
    int fromScale = source.scale();
    return (input, count, context) -> {
      DecimalVector decimals = (DecimalVector) input;
      long[] low = decimals.low();
      long[] high = decimals.high();
      Column to = new Column(target, count, input.nulls());
      for (int i = 0; i < count; i++) {
        if (!to.isNull(i)) {
          to.set(i, high == null ? low[i] >> 63 : high[i], low[i], fromScale);
        }
      }
      return to.build();
    };
  }

  static Cast fromInteger(DataType target) {
    return (input, count, context) ->
        ofLongs(target, NumericArrays.longs(input, count), count, input.nulls());
  }

  static Cast fromBoolean(DataType target) {
    return (input, count, context) ->
        ofLongs(
            target, NumericCasts.zerosAndOnes((BooleanVector) input, count), count, input.nulls());
  }

  private static Vector ofLongs(DataType target, long[] values, int count, boolean[] nulls) {
    Column to = new Column(target, count, nulls);
    for (int i = 0; i < count; i++) {
      if (!to.isNull(i)) {
        to.set(i, values[i] >> 63, values[i], 0);
      }
    }
    return to.build();
  }

  /** By way of the shortest text that means the number, as {@code BigDecimal.valueOf} has it. */
  static Cast fromDouble(DataType source, DataType target) {
    return (input, count, context) -> {
      double[] values = NumericArrays.doubles(input, source, count);
      Column to = new Column(target, count, input.nulls());
      for (int i = 0; i < count; i++) {
        double value = values[i];
        if (to.isNull(i)) {
          continue;
        }
        if (value == Math.rint(value) && Math.abs(value) < MAX_EXACT_DOUBLE) {
          long whole = (long) value;
          to.set(i, whole >> 63, whole, 0);
        } else if (Double.isFinite(value)) {
          to.set(i, BigDecimal.valueOf(value));
        } else {
          context.fail(i, () -> "Cannot cast " + value + " to " + target + ".");
        }
      }
      return to.build();
    };
  }

  static Cast toPrimitive(DataType source, Storage storage) {
    return switch (storage) {
      case FLOAT, DOUBLE ->
          (input, count, context) ->
              NumericCasts.ofDoubles(
                  storage, NumericArrays.doubles(input, source, count), count, input.nulls());
      default ->
          (input, count, context) ->
              NumericCasts.ofLongs(
                  storage,
                  wholes((DecimalVector) input, count, source.scale()),
                  count,
                  input.nulls());
    };
  }

  /** What stands before the point, modulo 2^64. */
  private static long[] wholes(DecimalVector input, int count, int scale) {
    long[] low = input.low();
    long[] high = input.high();
    long[] to = new long[count];
    for (int i = 0; i < count; i++) {
      boolean fits = high == null || high[i] == low[i] >> 63;
      if (scale == 0) {
        to[i] = low[i];
      } else if (fits && scale <= DecimalVector.MAX_COMPACT_PRECISION) {
        to[i] = low[i] / Decimals.pow10(scale);
      } else {
        BigInteger unscaled = input.unscaled(i);
        to[i] = new BigDecimal(unscaled, scale).setScale(0, RoundingMode.DOWN).longValue();
      }
    }
    return to;
  }
}
