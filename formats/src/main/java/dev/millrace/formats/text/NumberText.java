package dev.millrace.formats.text;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.DecimalVector;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Writes numbers as text. */
public final class NumberText {
  private static final int MAX_LONG_LENGTH = 20;
  private static final byte[] MIN_LONG =
      Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);

  private NumberText() {}

  /** Appends what {@link Long#toString(long)} says. */
  public static void append(ByteHeap to, long value) {
    if (value == Long.MIN_VALUE) {
      to.append(MIN_LONG);
      return;
    }
    byte[] data = to.reserve(MAX_LONG_LENGTH);
    int start = to.length();
    int length = 1;
    long rest = Math.abs(value);
    for (long bound = 10; length < 19 && rest >= bound; bound *= 10) {
      length++;
    }
    if (value < 0) {
      data[start] = '-';
      length++;
    }
    int at = start + length;
    do {
      data[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest != 0);
    to.advance(length);
  }

  /** Appends what {@link Double#toString(double)} says. */
  public static void append(ByteHeap to, double value) {
    append(to, Double.toString(value));
  }

  /** Appends what {@link Float#toString(float)} says. */
  public static void append(ByteHeap to, float value) {
    append(to, Float.toString(value));
  }

  /**
   * Appends a decimal with all digits of its scale, or, if not {@code plain}, without trailing
   * zeros and then perhaps with an exponent ({@code 1E+2}).
   */
  public static void append(
      ByteHeap to, DecimalVector vector, int position, int scale, boolean plain) {
    BigDecimal value = vector.decimal(position, scale);
    append(to, plain ? value.toPlainString() : value.stripTrailingZeros().toString());
  }

  private static void append(ByteHeap to, String text) {
    to.append(text.getBytes(StandardCharsets.US_ASCII));
  }
}
