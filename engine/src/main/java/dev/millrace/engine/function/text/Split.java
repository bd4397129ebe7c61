package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.ArrayVector;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.text.Utf8;

/** SPLIT_INDEX and SPLIT: the tokens between separators, empty ones too. */
final class Split {
  private static final int MAX_SEPARATOR_CODE = 255;

  private Split() {}

  /** SPLIT_INDEX(text, separator, index) from 0; an empty separator means any white space. */
  static Vector byText(Vector[] arguments, Result result) {
    BytesVector separator = (BytesVector) arguments[1];
    return index(arguments, result, separator);
  }

  /** SPLIT_INDEX(text, code, index) with the code of a separator character, 1 to 255. */
  static Vector byCode(Vector[] arguments, Result result) {
    int[] codes = NumericArrays.ints(arguments[1], result.count());
    BytesBuilder separators = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      boolean valid = !result.isNull(i) && codes[i] >= 1 && codes[i] <= MAX_SEPARATOR_CODE;
      if (valid) {
        separators.append(String.valueOf((char) codes[i]));
        continue;
      }
      TextResult.skip(separators);
      if (!result.isNull(i)) {
        result.setNull(i);
      }
    }
    return index(arguments, result, separators.build());
  }

  private static Vector index(Vector[] arguments, Result result, BytesVector separator) {
    BytesVector text = (BytesVector) arguments[0];
    int[] wanted = NumericArrays.ints(arguments[2], result.count());
    byte[] data = text.data();
    int[] starts = new int[result.count()];
    int[] lengths = new int[result.count()];
    for (int i = 0; i < starts.length; i++) {
      if (result.isNull(i)) {
        continue;
      }
      int end = text.starts()[i] + text.lengths()[i];
      int separatorLength = separator.lengths()[i];
      int start = text.lengths()[i] == 0 || wanted[i] < 0 ? -1 : text.starts()[i];
      for (int token = 0; token < wanted[i] && start >= 0; token++) {
        int at = find(data, start, end, separator, i);
        start = at < 0 ? -1 : at + (separatorLength == 0 ? Utf8.length(data[at]) : separatorLength);
      }
      if (start < 0) {
        result.setNull(i);
        continue;
      }
      int at = find(data, start, end, separator, i);
      starts[i] = start;
      lengths[i] = (at < 0 ? end : at) - start;
    }
    return new BytesVector(starts.length, data, starts, lengths, result.nulls());
  }

  private static int find(byte[] data, int from, int end, BytesVector separator, int row) {
    int length = separator.lengths()[row];
    if (length > 0) {
      return Utf8.indexOf(data, from, end, separator.data(), separator.starts()[row], length);
    }
    for (int at = from; at < end; at += Utf8.length(data[at])) {
      if (Character.isWhitespace(Utf8.bmp(data, at, end))) {
        return at;
      }
    }
    return -1;
  }

  /**
   * SPLIT(text, separator): an array of all tokens, none of the empty string; an empty separator
   * means every UTF-16 unit.
   */
  static Vector all(Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    BytesVector separator = (BytesVector) arguments[1];
    BytesBuilder tokens = TextResult.builder();
    int[] starts = new int[result.count()];
    int[] lengths = new int[result.count()];
    for (int i = 0; i < starts.length; i++) {
      starts[i] = tokens.size();
      if (result.isNull(i) || text.lengths()[i] == 0) {
        continue;
      }
      if (separator.lengths()[i] == 0) {
        appendUnits(tokens, text.string(i));
      } else {
        appendTokens(tokens, text, separator, i);
      }
      lengths[i] = tokens.size() - starts[i];
    }
    return new ArrayVector(starts.length, starts, lengths, tokens.build(), result.nulls());
  }

  private static void appendTokens(
      BytesBuilder tokens, BytesVector text, BytesVector separator, int row) {
    byte[] data = text.data();
    int start = text.starts()[row];
    int end = start + text.lengths()[row];
    for (int at; (at = find(data, start, end, separator, row)) >= 0; ) {
      tokens.append(data, start, at - start);
      start = at + separator.lengths()[row];
    }
    tokens.append(data, start, end - start);
  }

  private static void appendUnits(BytesBuilder tokens, String text) {
    for (int i = 0; i < text.length(); i++) {
      tokens.append(String.valueOf(text.charAt(i)));
    }
  }
}
