package dev.millrace.engine.function.cast;

/** Counts characters in UTF-8 bytes. */
final class Utf8 {
  private Utf8() {}

  static boolean isAscii(byte[] data, int start, int length) {
    for (int i = start; i < start + length; i++) {
      if (data[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** How many code points the range has. */
  static int length(byte[] data, int start, int length) {
    int characters = 0;
    for (int i = start; i < start + length; i++) {
      characters += (data[i] & 0xc0) == 0x80 ? 0 : 1;
    }
    return characters;
  }

  /** Where the code point with this index starts; there must be one. */
  static int offset(byte[] data, int start, int index) {
    int i = start;
    for (int left = index; left > 0; left--) {
      i++;
      while ((data[i] & 0xc0) == 0x80) {
        i++;
      }
    }
    return i;
  }
}
