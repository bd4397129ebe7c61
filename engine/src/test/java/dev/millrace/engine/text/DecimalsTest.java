package dev.millrace.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.DecimalVector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecimalsTest {
  @Test
  void changesScaleAsBigDecimalDoes() {
    Random random = Texts.random();
    for (int i = 0; i < 50_000; i++) {
      BigInteger unscaled = randomUnscaled(random);
      int fromScale = random.nextInt(-10, 39);
      int precision = 1 + random.nextInt(38);
      int scale = random.nextInt(precision + 1);
      long[] high = new long[1];
      long[] low = new long[1];
      boolean fits =
          Decimals.rescale(
              unscaled.shiftRight(64).longValue(),
              unscaled.longValue(),
              fromScale,
              precision,
              scale,
              precision > 18 ? high : null,
              low,
              0);
      BigDecimal value = new BigDecimal(unscaled, fromScale);
      BigDecimal expected = value.setScale(scale, RoundingMode.HALF_UP);
      String what = value + " to " + precision + ", " + scale;
      assertThat(fits).as(what).isEqualTo(expected.precision() <= precision);
      if (fits) {
        assertThat(stored(precision, scale, high, low)).as(what).isEqualTo(expected);
      }
    }
  }

  @Test
  void parsesAsBigDecimalDoes() {
    List<String> texts =
        List.of(
            "",
            "0",
            "-0",
            "-",
            "+",
            ".",
            "1.",
            ".5",
            "-.5",
            "1e3",
            "1e-3",
            "1e",
            "1e+",
            "1E+2",
            "12a",
            "a",
            "1.2.3",
            " 1",
            "99999999999999999999999999999999999999",
            "1e37",
            "1e38",
            "0.0000000000000000000000000000000000000000000000001",
            "1e-40",
            "1e999999999",
            "0e999",
            "1e-999999999",
            "1e99999",
            "\u0661\u0662",
            "0.5",
            "0.4999",
            "-0.5",
            "1234567890123456789",
            "12345678901234567890.12345",
            "00000000000000000000000000001",
            "1e12345678901");
    Random random = Texts.random();
    for (String text : texts) {
      assertParsed(text, 38, 4);
      assertParsed(text, 18, 0);
      assertParsed(text, 20, 20);
    }
    for (int i = 0; i < 50_000; i++) {
      int precision = 1 + random.nextInt(38);
      int scale = random.nextInt(precision + 1);
      BigDecimal value = new BigDecimal(randomUnscaled(random), random.nextInt(-3, 30));
      assertParsed(value.toString(), precision, scale);
      assertParsed(value.toPlainString(), precision, scale);
    }
  }

  @Test
  void printsPlainly() {
    Random random = Texts.random();
    for (int i = 0; i < 50_000; i++) {
      BigInteger unscaled = randomUnscaled(random);
      int scale = random.nextInt(39);
      assertThat(
              Texts.printed(
                  out ->
                      Decimals.append(
                          out, unscaled.shiftRight(64).longValue(), unscaled.longValue(), scale)))
          .isEqualTo(new BigDecimal(unscaled, scale).toPlainString());
    }
    assertThat(Texts.printed(out -> Decimals.append(out, -5, 3))).isEqualTo("-0.005");
  }

  /** Up to 38 digits of any length, often all nines or a power of ten. */
  private static BigInteger randomUnscaled(Random random) {
    BigInteger power = BigInteger.TEN.pow(random.nextInt(39));
    BigInteger value =
        switch (random.nextInt(4)) {
          case 0 -> power.subtract(BigInteger.ONE);
          case 1 ->
              power.min(BigInteger.TEN.pow(37)).multiply(BigInteger.valueOf(random.nextInt(10)));
          default -> new BigInteger(1 + random.nextInt(126), random);
        };
    return random.nextBoolean() ? value : value.negate();
  }

  private static BigDecimal stored(int precision, int scale, long[] high, long[] low) {
    return precision > 18
        ? new BigDecimal(DecimalVector.unscaled(high[0], low[0]), scale)
        : BigDecimal.valueOf(low[0], scale);
  }

  private static void assertParsed(String text, int precision, int scale) {
    byte[] data = Texts.framed(text);
    long[] high = new long[1];
    long[] low = new long[1];
    int status =
        Decimals.parse(
            data, 1, data.length - 2, precision, scale, precision > 18 ? high : null, low, 0);
    String what = text + " as " + precision + ", " + scale;
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      assertThat(status).as(what).isEqualTo(Decimals.INVALID);
      return;
    }
    if (value.signum() != 0 && (long) value.precision() - value.scale() > 100) {
      assertThat(status).as(what).isEqualTo(Decimals.OVERFLOW);
      return;
    }
    BigDecimal expected =
        value.scale() > 1_000_000 || value.signum() == 0
            ? BigDecimal.ZERO.setScale(scale)
            : value.setScale(scale, RoundingMode.HALF_UP);
    boolean fits = expected.precision() <= precision;
    assertThat(status).as(what).isEqualTo(fits ? Decimals.OK : Decimals.OVERFLOW);
    if (fits) {
      assertThat(stored(precision, scale, high, low)).as(what).isEqualTo(expected);
    }
  }
}
