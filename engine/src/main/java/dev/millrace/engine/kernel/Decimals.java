package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.DecimalVector;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What decimal kernels share: powers of ten, conversion, and storing results. */
public final class Decimals {
  /** 10 to the power of the index, as far as 64 bits hold it. */
  public static final long[] POWERS_OF_TEN = powersOfTen();

  private Decimals() {}

  private static long[] powersOfTen() {
    long[] powers = new long[19];
    powers[0] = 1;
    for (int i = 1; i < powers.length; i++) {
      powers[i] = powers[i - 1] * 10;
    }
    return powers;
  }

  /** The doubles that Flink makes of decimals: up to 18 digits by division, else the nearest. */
  static double[] doubles(DecimalVector decimals, int scale, int count) {
    double[] out = new double[count];
    if (decimals.high() == null) {
      long[] unscaled = decimals.low();
      double divisor = POWERS_OF_TEN[scale];
      for (int i = 0; i < count; i++) {
        out[i] = unscaled[i] / divisor;
      }
    } else {
      for (int i = 0; i < count; i++) {
        out[i] = decimals.decimal(i, scale).doubleValue();
      }
    }
    return out;
  }

  /** The value rounded half up to a scale, or null if it has more digits than the precision. */
  public static BigDecimal fit(BigDecimal value, int precision, int scale) {
    BigDecimal rounded = value.setScale(scale, RoundingMode.HALF_UP);
    return rounded.precision() > precision ? null : rounded;
  }
}
