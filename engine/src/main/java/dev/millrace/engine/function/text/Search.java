package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.text.Utf8;

/** CHAR_LENGTH, ASCII, POSITION, INSTR, STARTSWITH and ENDSWITH. */
final class Search {
  private Search() {}

  static Vector characterLength(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    byte[] data = text.data();
    int[] counts = new int[result.count()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = Utf8.count(data, text.starts()[i], text.lengths()[i]);
    }
    return new IntVector(counts.length, counts, result.nulls());
  }

  /** The first byte, with its sign as in Flink; 0 for the empty string. */
  static Vector ascii(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    int[] codes = new int[result.count()];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = text.lengths()[i] == 0 ? 0 : text.data()[text.starts()[i]];
    }
    return new IntVector(codes.length, codes, result.nulls());
  }

  /** POSITION(sought, text[, from]), which is LOCATE too: from 1, or 0 if not found. */
  static Vector position(Vector[] arguments, Result result) {
    BytesVector sought = (BytesVector) arguments[0];
    BytesVector text = (BytesVector) arguments[1];
    int[] from = arguments.length > 2 ? NumericArrays.ints(arguments[2], result.count()) : null;
    int[] found = new int[result.count()];
    for (int i = 0; i < found.length; i++) {
      found[i] =
          position(
              text.data(),
              text.starts()[i],
              text.lengths()[i],
              sought.data(),
              sought.starts()[i],
              sought.lengths()[i],
              from == null ? 1 : from[i]);
    }
    return new IntVector(found.length, found, result.nulls());
  }

  /** The empty string is found at 1, wherever the search begins. */
  private static int position(
      byte[] data,
      int start,
      int length,
      byte[] sought,
      int soughtStart,
      int soughtLength,
      int from) {
    if (soughtLength == 0) {
      return 1;
    }
    int end = start + length;
    int begin = Utf8.skip(data, start, end, from - 1);
    int at = Utf8.indexOf(data, begin, end, sought, soughtStart, soughtLength);
    return at < 0 ? 0 : Utf8.count(data, start, at - start) + 1;
  }

  /** INSTR(text, sought[, from[, nth]]); a negative {@code from} searches backwards. */
  static Vector instr(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    BytesVector sought = (BytesVector) arguments[1];
    int[] from = arguments.length > 2 ? NumericArrays.ints(arguments[2], result.count()) : null;
    int[] nth = arguments.length > 3 ? NumericArrays.ints(arguments[3], result.count()) : null;
    int[] found = new int[result.count()];
    for (int i = 0; i < found.length; i++) {
      int occurrence = nth == null ? 1 : nth[i];
      if (result.isNull(i)) {
        continue;
      }
      if (occurrence <= 0) {
        result.fail(i, "INSTR: the occurrence must be positive, but is " + occurrence, null);
        continue;
      }
      found[i] = instr(text, sought, i, from == null ? 1 : from[i], occurrence);
    }
    return new IntVector(found.length, found, result.nulls());
  }

  private static int instr(BytesVector text, BytesVector sought, int row, int from, int nth) {
    if (from == 0) {
      return 0;
    }
    byte[] data = text.data();
    int start = text.starts()[row];
    int length = text.lengths()[row];
    byte[] word = sought.data();
    int wordStart = sought.starts()[row];
    int wordLength = sought.lengths()[row];
    if (from > 0) {
      return nthPosition(data, start, length, word, wordStart, wordLength, from, nth);
    }
    byte[] reversed = new byte[length];
    byte[] reversedWord = new byte[wordLength];
    Utf8.reverse(data, start, length, reversed, 0);
    Utf8.reverse(word, wordStart, wordLength, reversedWord, 0);
    int begin = from == Integer.MIN_VALUE ? Integer.MAX_VALUE : -from;
    int at = nthPosition(reversed, 0, length, reversedWord, 0, wordLength, begin, nth);
    return at == 0
        ? 0
        : Utf8.count(data, start, length) + 2 - at - Utf8.count(word, wordStart, wordLength);
  }

  private static int nthPosition(
      byte[] data,
      int start,
      int length,
      byte[] sought,
      int soughtStart,
      int soughtLength,
      int from,
      int nth) {
    int at = 0;
    for (int n = 0, begin = from; n < nth; n++, begin = at + 1) {
      at = position(data, start, length, sought, soughtStart, soughtLength, begin);
      if (at == 0 || soughtLength == 0) {
        return at;
      }
    }
    return at;
  }

  static Vector startsWith(Vector[] arguments, Result result) {
    return matches(arguments, result, false);
  }

  static Vector endsWith(Vector[] arguments, Result result) {
    return matches(arguments, result, true);
  }

  private static Vector matches(Vector[] arguments, Result result, boolean atEnd) {
    BytesVector text = (BytesVector) arguments[0];
    BytesVector part = (BytesVector) arguments[1];
    boolean[] values = new boolean[result.count()];
    for (int i = 0; i < values.length; i++) {
      int spare = text.lengths()[i] - part.lengths()[i];
      int at = text.starts()[i] + (atEnd ? spare : 0);
      values[i] =
          spare >= 0
              && Utf8.matches(text.data(), at, part.data(), part.starts()[i], part.lengths()[i]);
    }
    return new BooleanVector(values.length, values, result.nulls());
  }
}
