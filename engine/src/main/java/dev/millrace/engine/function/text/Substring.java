package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.text.Utf8;

/** SUBSTRING, LEFT and RIGHT; the results are ranges of the input. */
final class Substring {
  private Substring() {}

  /**
   * SUBSTRING(text, from[, length]) by character. From 1 it counts from the start, from -1 from the
   * end, 0 is like 1; a place out of range gives the empty string, a negative length null.
   */
  static Vector substring(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    int[] from = NumericArrays.ints(arguments[1], result.count());
    int[] wanted = arguments.length > 2 ? NumericArrays.ints(arguments[2], result.count()) : null;
    byte[] data = text.data();
    int[] starts = new int[result.count()];
    int[] lengths = new int[result.count()];
    for (int i = 0; i < starts.length; i++) {
      int count = wanted == null ? Integer.MAX_VALUE : wanted[i];
      if (result.isNull(i)) {
        continue;
      }
      if (count < 0) {
        result.setNull(i);
        continue;
      }
      int end = text.starts()[i] + text.lengths()[i];
      int start = place(data, text.starts()[i], end, from[i]);
      starts[i] = start;
      lengths[i] = Utf8.skip(data, start, end, count) - start;
    }
    return new BytesVector(starts.length, data, starts, lengths, result.nulls());
  }

  /** The byte at which SQL position {@code from} of the range lies; its end when out of range. */
  private static int place(byte[] data, int start, int end, int from) {
    if (from >= 0) {
      return Utf8.skip(data, start, end, from - 1);
    }
    int skipped = Utf8.count(data, start, end - start) + from;
    return skipped < 0 ? end : Utf8.skip(data, start, end, skipped);
  }

  static Vector left(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    int[] wanted = NumericArrays.ints(arguments[1], result.count());
    byte[] data = text.data();
    int[] lengths = new int[result.count()];
    for (int i = 0; i < lengths.length; i++) {
      int start = text.starts()[i];
      lengths[i] = Utf8.skip(data, start, start + text.lengths()[i], wanted[i]) - start;
    }
    return new BytesVector(lengths.length, data, text.starts(), lengths, result.nulls());
  }

  static Vector right(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    int[] wanted = NumericArrays.ints(arguments[1], result.count());
    byte[] data = text.data();
    int[] starts = new int[result.count()];
    int[] lengths = new int[result.count()];
    for (int i = 0; i < lengths.length; i++) {
      int start = text.starts()[i];
      int length = text.lengths()[i];
      int end = start + length;
      int skipped = Utf8.count(data, start, length) - Math.max(wanted[i], 0);
      starts[i] = Utf8.skip(data, start, end, skipped);
      lengths[i] = end - starts[i];
    }
    return new BytesVector(lengths.length, data, starts, lengths, result.nulls());
  }
}
