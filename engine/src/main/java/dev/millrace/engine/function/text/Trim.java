package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.text.Utf8;

/** TRIM, BTRIM, LTRIM and RTRIM; the results are ranges of the input. */
final class Trim implements Kernel {
  private static final byte[] SPACE = {' '};

  private final boolean leading;
  private final boolean trailing;
  private final int text;
  private final int characters;

  private Trim(boolean leading, boolean trailing, int text, int characters) {
    this.leading = leading;
    this.trailing = trailing;
    this.text = text;
    this.characters = characters;
  }

  /** TRIM(flag, characters, text). */
  static Trim standard(String flag) {
    return new Trim(!flag.equals("TRAILING"), !flag.equals("LEADING"), 2, 1);
  }

  /** A function of text and, if wished, the characters. */
  static Trim of(boolean leading, boolean trailing) {
    return new Trim(leading, trailing, 0, 1);
  }

  @Override
  public Vector compute(Vector[] arguments, Result result) {
    BytesVector from = (BytesVector) arguments[text];
    BytesVector trimmed =
        characters < arguments.length ? (BytesVector) arguments[characters] : null;
    byte[] data = from.data();
    byte[] set = trimmed == null ? SPACE : trimmed.data();
    int[] starts = new int[result.count()];
    int[] lengths = new int[result.count()];
    for (int i = 0; i < starts.length; i++) {
      int setStart = trimmed == null ? 0 : trimmed.starts()[i];
      int setLength = trimmed == null ? 1 : trimmed.lengths()[i];
      int start = from.starts()[i];
      int end = start + from.lengths()[i];
      if (leading) {
        start = firstKept(data, start, end, set, setStart, setLength);
      }
      if (trailing) {
        end = lastKept(data, start, end, set, setStart, setLength);
      }
      starts[i] = start;
      lengths[i] = end - start;
    }
    return new BytesVector(starts.length, data, starts, lengths, result.nulls());
  }

  private static int firstKept(
      byte[] data, int start, int end, byte[] set, int setStart, int setLength) {
    int at = start;
    if (setLength == 1) {
      while (at < end && data[at] == set[setStart]) {
        at++;
      }
      return at;
    }
    while (at < end) {
      int length = Math.min(Utf8.length(data[at]), end - at);
      if (Utf8.indexOf(set, setStart, setStart + setLength, data, at, length) < 0) {
        break;
      }
      at += length;
    }
    return at;
  }

  private static int lastKept(
      byte[] data, int start, int end, byte[] set, int setStart, int setLength) {
    int at = end;
    if (setLength == 1) {
      while (at > start && data[at - 1] == set[setStart]) {
        at--;
      }
      return at;
    }
    while (at > start) {
      int previous = Utf8.previous(data, start, at);
      if (Utf8.indexOf(set, setStart, setStart + setLength, data, previous, at - previous) < 0) {
        break;
      }
      at = previous;
    }
    return at;
  }
}
