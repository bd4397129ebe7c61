package dev.millrace.engine.function.cast;

/** Where text starts and ends without the white space around it. */
final class Blanks {
  private Blanks() {}

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
}
