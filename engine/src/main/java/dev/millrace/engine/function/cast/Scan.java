package dev.millrace.engine.function.cast;

import dev.millrace.engine.text.Blanks;

/** What the readers of text share: white space, digits, single characters. */
final class Scan {
  private Scan() {}

  /** Skips spaces. */
  static int start(byte[] data, int from, int to) {
    int i = from;
    while (i < to && data[i] == ' ') {
      i++;
    }
    return i;
  }

  static int end(byte[] data, int from, int to) {
    int i = to;
    while (i > from && data[i - 1] == ' ') {
      i--;
    }
    return i;
  }

  /** Skips spaces, tabs and line feeds. */
  static int spaceStart(byte[] data, int from, int to) {
    int i = from;
    while (i < to && isSpace(data[i])) {
      i++;
    }
    return i;
  }

  static int spaceEnd(byte[] data, int from, int to) {
    int i = to;
    while (i > from && isSpace(data[i - 1])) {
      i--;
    }
    return i;
  }

  static boolean isSpace(byte b) {
    return b == ' ' || b == '\n' || b == '\t';
  }

  static int indexOf(byte[] data, int from, int to, char wanted) {
    for (int i = from; i < to; i++) {
      if (data[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  static int digitsEnd(byte[] data, int start, int end) {
    int i = start;
    while (i < end && data[i] >= '0' && data[i] <= '9') {
      i++;
    }
    return i;
  }

  /** The number that stands between white space, or -1 if it is not all digits or too large. */
  static int number(byte[] data, int from, int to) {
    int start = Blanks.start(data, from, to);
    int end = Blanks.end(data, start, to);
    if (start >= end) {
      return -1;
    }
    long value = 0;
    for (int i = start; i < end; i++) {
      int digit = data[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
      if (value > Integer.MAX_VALUE) {
        return -1;
      }
    }
    return (int) value;
  }
}
