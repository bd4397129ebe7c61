package dev.millrace.formats.text;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.text.Numbers;

/** Decimals as Flink's text formats write them. */
public final class DecimalText {
  private DecimalText() {}

  /**
   * Appends a decimal with all digits of its scale, or, if not {@code plain}, without trailing
   * zeros and then perhaps with an exponent ({@code 1E+2}).
   */
  public static void append(
      ByteHeap to, DecimalVector vector, int position, int scale, boolean plain) {
    if (!plain) {
      Numbers.appendAscii(to, vector.decimal(position, scale).stripTrailingZeros().toString());
    } else if (vector.high() == null) {
      Decimals.append(to, vector.low()[position], scale);
    } else {
      Decimals.append(to, vector.high()[position], vector.low()[position], scale);
    }
  }
}
