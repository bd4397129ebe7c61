package dev.millrace.engine.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NumbersTest {
  private static final List<String> TEXTS =
      List.of(
          "",
          "0",
          "-0",
          "+0",
          "-",
          "+",
          "00012",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "-9223372036854775809",
          "99999999999999999999",
          "1a",
          "a1",
          " 1",
          "1 ",
          "1.0",
          ".5",
          "5.",
          ".",
          "1e5",
          "1E-5",
          "1e",
          "1e+",
          "-1e+5",
          "1e22",
          "1e23",
          "1e-22",
          "1e-23",
          "9007199254740993",
          "9007199254740992",
          "1e400",
          "-1e-400",
          "NaN",
          "Infinity",
          "-Infinity",
          "nan",
          "0x1p3",
          "1d",
          "1f",
          "\t1\n",
          "16777217",
          "16777216",
          "1.1.1",
          "1e1e1",
          "--1",
          "1e0001",
          "3.4028235e38",
          "0.1",
          "123456789012345678901234567890",
          "\u0661");

  @Test
  void parsesLongsAsTheJdkDoes() {
    for (String text : TEXTS) {
      if (text.chars().allMatch(c -> c < 128)) {
        assertThat(parseLong(text)).as(text).isEqualTo(jdkLong(text));
      }
    }
    Random random = Texts.random();
    for (int i = 0; i < 10_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(parseLong(Long.toString(value))).isEqualTo(value);
      String longer = Long.toString(value) + random.nextInt(100);
      assertThat(parseLong(longer)).as(longer).isEqualTo(jdkLong(longer));
    }
  }

  @Test
  void parsesDoublesAndFloatsAsTheJdkDoes() {
    for (String text : TEXTS) {
      assertSameFloating(text);
    }
    Random random = Texts.random();
    for (int i = 0; i < 20_000; i++) {
      assertSameFloating(Double.toString(Double.longBitsToDouble(random.nextLong())));
      assertSameFloating(Float.toString(Float.intBitsToFloat(random.nextInt())));
      assertSameFloating(
          random.nextInt(100_000) + "." + random.nextInt(100_000) + "e" + random.nextInt(-30, 30));
      assertSameFloating(Long.toString(random.nextLong() >> random.nextInt(64)));
    }
  }

  @Test
  void printsAsTheJdkDoes() {
    Random random = Texts.random();
    List<Double> edges =
        List.of(
            0d, -0d, 1d, -1d, 9_999_999d, 1e7, -1e7, 0.001, Double.NaN, Double.MIN_VALUE, 1e300);
    for (double edge : edges) {
      assertSamePrint(edge);
      assertThat(Texts.printed(out -> Numbers.append(out, (float) edge)))
          .isEqualTo(Float.toString((float) edge));
    }
    for (int i = 0; i < 20_000; i++) {
      assertSamePrint(Double.longBitsToDouble(random.nextLong()));
      assertSamePrint(random.nextInt(-20_000_000, 20_000_000));
      assertSamePrint(random.nextInt(-20_000_000, 20_000_000) / 100d);
      long value = random.nextLong() >> random.nextInt(64);
      assertThat(Texts.printed(out -> Numbers.append(out, value))).isEqualTo(Long.toString(value));
    }
    for (long value : new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0, 9, 10, 99, 100, -1}) {
      assertThat(Texts.printed(out -> Numbers.append(out, value))).isEqualTo(Long.toString(value));
    }
  }

  private static void assertSamePrint(double value) {
    assertThat(Texts.printed(out -> Numbers.append(out, value))).isEqualTo(Double.toString(value));
  }

  private static Object parseLong(String text) {
    byte[] data = Texts.framed(text);
    long[] to = new long[3];
    return Numbers.parseLong(data, 1, data.length - 2, to, 1) ? to[1] : "invalid";
  }

  private static Object jdkLong(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return "invalid";
    }
  }

  private static void assertSameFloating(String text) {
    byte[] data = Texts.framed(text);
    double[] asDouble = new double[3];
    float[] asFloat = new float[3];
    boolean valid = Numbers.parseDouble(data, 1, data.length - 2, asDouble, 1);
    assertThat(Numbers.parseFloat(data, 1, data.length - 2, asFloat, 1)).isEqualTo(valid);
    double jdk = 0;
    boolean jdkValid = true;
    try {
      jdk = Double.parseDouble(text);
    } catch (NumberFormatException e) {
      jdkValid = false;
    }
    assertThat(valid).as(text).isEqualTo(jdkValid);
    if (valid) {
      assertThat(Double.doubleToLongBits(asDouble[1]))
          .as(text)
          .isEqualTo(Double.doubleToLongBits(jdk));
      assertThat(Float.floatToIntBits(asFloat[1]))
          .as(text)
          .isEqualTo(Float.floatToIntBits(Float.parseFloat(text)));
    }
  }
}
