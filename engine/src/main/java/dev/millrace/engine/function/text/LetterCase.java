package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.text.Utf8;
import java.util.Locale;

/** UPPER, LOWER and INITCAP, whatever the machine's locale. */
final class LetterCase {
  /** The bit that tells an ASCII letter from the same one of the other case. */
  private static final int CASE = 0x20;

  private LetterCase() {}

  static Vector upper(Vector[] arguments, Result result) {
    return convert((BytesVector) arguments[0], result, 'a', true);
  }

  static Vector lower(Vector[] arguments, Result result) {
    return convert((BytesVector) arguments[0], result, 'A', false);
  }

  /** Flips the case of the 26 ASCII letters from {@code first} on; Java's rules for the others. */
  private static Vector convert(BytesVector text, Result result, char first, boolean upper) {
    byte[] data = text.data();
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    BytesBuilder values = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      int start = starts[i];
      int length = lengths[i];
      if (result.isNull(i)) {
        TextResult.skip(values);
      } else if (Utf8.isAscii(data, start, length)) {
        byte[] to = values.heap().reserve(length);
        int at = values.heap().length();
        for (int k = 0; k < length; k++) {
          byte b = data[start + k];
          to[at + k] = (byte) (b - first >= 0 && b - first < 26 ? b ^ CASE : b);
        }
        values.heap().advance(length);
        values.appendRange(at, length);
      } else {
        String value = text.string(i);
        values.append(upper ? value.toUpperCase(Locale.ROOT) : value.toLowerCase(Locale.ROOT));
      }
    }
    return TextResult.finish(values, result);
  }

  /** Upper-cases the first ASCII letter of each run of ASCII letters and digits, lowers others. */
  static Vector initcap(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    byte[] data = text.data();
    BytesBuilder values = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      int start = text.starts()[i];
      int length = result.isNull(i) ? 0 : text.lengths()[i];
      byte[] to = values.heap().reserve(length);
      int at = values.heap().length();
      boolean first = true;
      for (int k = 0; k < length; k++) {
        byte b = data[start + k];
        boolean lower = b >= 'a' && b <= 'z';
        boolean upper = b >= 'A' && b <= 'Z';
        to[at + k] = (byte) ((first ? lower : upper) ? b ^ CASE : b);
        first = !lower && !upper && !(b >= '0' && b <= '9');
      }
      values.heap().advance(length);
      values.appendRange(at, length);
    }
    return TextResult.finish(values, result);
  }
}
