package dev.millrace.formats.text;

/**
 * The bytes of characters in UTF-8, also as Flink's JSON reader takes them: overlong forms and
 * encoded surrogates included.
 */
public final class Utf8 {
  private Utf8() {}

  /** How many bytes a character has by its first byte; 0 if none begins so. */
  public static int length(int lead) {
    if (lead < 0x80) {
      return 1;
    }
    if ((lead & 0xE0) == 0xC0) {
      return 2;
    }
    if ((lead & 0xF0) == 0xE0) {
      return 3;
    }
    return (lead & 0xF8) == 0xF0 ? 4 : 0;
  }

  /** The number that a character of several bytes encodes. */
  public static int codePoint(byte[] data, int at, int length) {
    int value = data[at] & (0x7F >> length);
    for (int i = at + 1; i < at + length; i++) {
      value = (value << 6) | (data[i] & 0x3F);
    }
    return value;
  }

  /** Whether a character of several bytes is proper UTF-8 too. */
  public static boolean isStrict(byte[] data, int at, int length) {
    int value = codePoint(data, at, length);
    return switch (length) {
      case 2 -> value >= 0x80;
      case 3 ->
          value >= 0x800 && (value < Character.MIN_SURROGATE || value > Character.MAX_SURROGATE);
      default ->
          value >= Character.MIN_SUPPLEMENTARY_CODE_POINT && value <= Character.MAX_CODE_POINT;
    };
  }

  /** Whether the range is proper UTF-8. */
  public static boolean isValid(byte[] data, int from, int to) {
    if (dev.millrace.engine.text.Utf8.isAscii(data, from, to - from)) {
      return true;
    }
    int at = from;
    while (at < to) {
      if (data[at] >= 0) {
        at++;
        continue;
      }
      int length = length(data[at] & 0xFF);
      if (length == 0 || at + length > to) {
        return false;
      }
      for (int i = at + 1; i < at + length; i++) {
        if ((data[i] & 0xC0) != 0x80) {
          return false;
        }
      }
      if (!isStrict(data, at, length)) {
        return false;
      }
      at += length;
    }
    return true;
  }
}
