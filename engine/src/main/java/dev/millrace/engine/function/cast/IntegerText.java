package dev.millrace.engine.function.cast;

import dev.millrace.engine.text.Numbers;
import java.nio.charset.StandardCharsets;

/**
 * Text that a cast takes for an integer: {@code [sign] digits [. [digits]]} between spaces, where
 * the fraction is dropped and, if there is a point, the digits before it may be missing.
 */
final class IntegerText {
  static final String EMPTY = "Input is empty.";
  static final String INVALID_CHARACTER = "Invalid character found.";
  static final String OVERFLOW = "Overflow.";
  private static final String SIGN_ONLY = "Input has only positive or negative symbol.";

  private IntegerText() {}

  static boolean parse(byte[] data, int from, int length, long[] to, int at) {
    int start = Scan.start(data, from, from + length);
    int end = Scan.end(data, start, from + length);
    if (Numbers.parseLong(data, start, end - start, to, at)) {
      return true;
    }
    int point = point(data, start, end);
    if (point < 0 || !Numbers.allDigits(data, point + 1, end)) {
      return false;
    }
    if (point == digits(data, start, end)) {
      to[at] = 0;
      return true;
    }
    return Numbers.parseLong(data, start, point - start, to, at);
  }

  /** Why a text is no integer of the type; {@code valid} if it is just too large. */
  static String problem(byte[] data, int from, int length, boolean valid) {
    int start = Scan.start(data, from, from + length);
    int end = Scan.end(data, start, from + length);
    String text = new String(data, start, end - start, StandardCharsets.UTF_8);
    return "For input string: '%s'. %s".formatted(text, reason(data, start, end, valid));
  }

  private static String reason(byte[] data, int start, int end, boolean valid) {
    int digits = digits(data, start, end);
    int point = point(data, start, end);
    if (valid) {
      return OVERFLOW;
    }
    if (start == end) {
      return EMPTY;
    }
    if (digits == end) {
      return SIGN_ONLY;
    }
    boolean wellFormed =
        Numbers.allDigits(data, digits, point < 0 ? end : point)
            && (point < 0 || Numbers.allDigits(data, point + 1, end));
    return wellFormed ? OVERFLOW : INVALID_CHARACTER;
  }

  /** Where the digits start, after the sign. */
  private static int digits(byte[] data, int start, int end) {
    return start < end && (data[start] == '-' || data[start] == '+') ? start + 1 : start;
  }

  private static int point(byte[] data, int start, int end) {
    for (int i = start; i < end; i++) {
      if (data[i] == '.') {
        return i;
      }
    }
    return -1;
  }
}
