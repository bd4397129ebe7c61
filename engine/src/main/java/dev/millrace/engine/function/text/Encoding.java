package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.kernel.NumericArrays;
import java.util.Arrays;
import java.util.Base64;

/** CHR, TO_BASE64 and FROM_BASE64. */
final class Encoding {
  private static final int LATIN_1 = 0xFF;

  private Encoding() {}

  /** The character of the code's low 8 bits; the empty string for a negative code. */
  static Vector chr(Vector[] arguments, Result result) {
    long[] codes = NumericArrays.longs(arguments[0], result.count());
    return TextResult.compute(
        result, i -> codes[i] < 0 ? "" : String.valueOf((char) (codes[i] & LATIN_1)));
  }

  static Vector toBase64(Vector[] arguments, Result result) {
    BytesVector bytes = (BytesVector) arguments[0];
    BytesBuilder values = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      values.append(result.isNull(i) ? new byte[0] : Base64.getEncoder().encode(copy(bytes, i)));
    }
    return TextResult.finish(values, result);
  }

  static Vector fromBase64(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    BytesBuilder values = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      byte[] decoded = new byte[0];
      try {
        decoded = result.isNull(i) ? decoded : Base64.getDecoder().decode(copy(text, i));
      } catch (IllegalArgumentException e) {
        result.fail(i, "FROM_BASE64: " + e.getMessage(), e);
      }
      values.append(decoded);
    }
    return TextResult.finish(values, result);
  }

  private static byte[] copy(BytesVector bytes, int row) {
    int start = bytes.starts()[row];
    return Arrays.copyOfRange(bytes.data(), start, start + bytes.lengths()[row]);
  }
}
