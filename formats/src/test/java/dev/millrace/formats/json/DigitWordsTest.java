package dev.millrace.formats.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DigitWordsTest {
  @Property
  void countsAndReadsTheDigitsInFront(
      @ForAll @IntRange(min = 0, max = 99_999_999) int number,
      @ForAll boolean padded,
      @ForAll @Size(8) byte[] rest) {
    String text = padded ? "%08d".formatted(number) : Integer.toString(number);
    byte[] bytes = rest.clone();
    byte[] digits = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, bytes, 0, digits.length);
    int expected = digits.length;
    while (expected < 8 && JsonInput.isDigit(bytes[expected])) {
      expected++;
    }
    long word = (long) JsonInput.LONG.get(bytes, 0);
    assertThat(DigitWords.count(word)).isEqualTo(expected);
    assertThat(DigitWords.value(word, digits.length)).isEqualTo(number);
  }

  @Property
  void anythingElseIsNoDigit(@ForAll @Size(8) byte[] bytes) {
    int expected = 0;
    while (expected < 8 && JsonInput.isDigit(bytes[expected])) {
      expected++;
    }
    assertThat(DigitWords.count((long) JsonInput.LONG.get(bytes, 0))).isEqualTo(expected);
  }
}
