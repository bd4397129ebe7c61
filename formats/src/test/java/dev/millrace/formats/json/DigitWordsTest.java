package dev.millrace.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DigitWordsTest {
  private static final long SEED = Long.getLong("millrace.random.seed", System.nanoTime());

  private final Random random = new Random(SEED);

  @Test
  void countsAndReadsTheDigitsInFront() {
    for (int i = 0; i < 10_000; i++) {
      int number = random.nextInt(100_000_000) >> random.nextInt(27);
      boolean padded = random.nextBoolean();
      String text = padded ? "%08d".formatted(number) : Integer.toString(number);
      byte[] digits = text.getBytes(StandardCharsets.US_ASCII);
      byte[] bytes = anyBytes();
      System.arraycopy(digits, 0, bytes, 0, digits.length);
      long word = (long) JsonInput.LONG.get(bytes, 0);
      assertThat(DigitWords.count(word)).as(what(bytes)).isEqualTo(digitsInFront(bytes));
      assertThat(DigitWords.value(word, digits.length)).as(what(bytes)).isEqualTo(number);
    }
  }

  @Test
  void anythingElseIsNoDigit() {
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = anyBytes();
      assertThat(DigitWords.count((long) JsonInput.LONG.get(bytes, 0)))
          .as(what(bytes))
          .isEqualTo(digitsInFront(bytes));
    }
  }

  /** Eight bytes: any, or some near the digits. */
  private byte[] anyBytes() {
    byte[] bytes = new byte[8];
    random.nextBytes(bytes);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = random.nextBoolean() ? bytes[i] : (byte) random.nextInt('0' - 2, '9' + 3);
    }
    return bytes;
  }

  private static int digitsInFront(byte[] bytes) {
    int digits = 0;
    while (digits < bytes.length && JsonInput.isDigit(bytes[digits])) {
      digits++;
    }
    return digits;
  }

  private static String what(byte[] bytes) {
    return "%s, seed %d".formatted(Arrays.toString(bytes), SEED);
  }
}
