package dev.millrace.engine.text;

import java.util.Arrays;

/** Walks UTF-8 bytes. A malformed byte counts as one character, as it does in Flink. */
public final class Utf8 {
  private Utf8() {}

  /** Number of bytes of the character that begins with this byte. */
  public static int length(byte first) {
    if (first >= 0) {
      return 1;
    }
    if ((first & 0xE0) == 0xC0) {
      return (first & 0x1E) == 0 ? 1 : 2;
    }
    if ((first & 0xF0) == 0xE0) {
      return 3;
    }
    return (first & 0xF8) == 0xF0 ? 4 : 1;
  }

  public static boolean isAscii(byte[] data, int start, int length) {
    int bits = 0;
    for (int i = start; i < start + length; i++) {
      bits |= data[i];
    }
    return bits >= 0;
  }

  /** Number of characters, that is code points, in a range. */
  public static int count(byte[] data, int start, int length) {
    int count = 0;
    for (int i = start; i < start + length; i += length(data[i])) {
      count++;
    }
    return count;
  }

  /** The place after {@code characters} more characters, if positive; at most {@code end}. */
  public static int skip(byte[] data, int from, int end, int characters) {
    int at = from;
    for (int i = 0; i < characters && at < end; i++) {
      at += length(data[at]);
    }
    return Math.min(at, end);
  }

  /** The place after so many more UTF-16 units, at most {@code end}. */
  public static int skipUnits(byte[] data, int from, int end, int units) {
    int at = from;
    int left = units;
    while (left > 0 && at < end) {
      int length = length(data[at]);
      left -= length == 4 ? 2 : 1;
      at += length;
    }
    return Math.min(at, end);
  }

  /** Where the last character before {@code end} begins. */
  public static int previous(byte[] data, int start, int end) {
    int at = end - 1;
    while (at > start && (data[at] & 0xC0) == 0x80) {
      at--;
    }
    return at;
  }

  /** The character of the Basic Multilingual Plane at a place, or U+FFFF for any other. */
  public static char bmp(byte[] data, int at, int end) {
    int length = length(data[at]);
    if (length == 1) {
      return data[at] >= 0 ? (char) data[at] : '\uFFFF';
    }
    if (length > 3 || at + length > end) {
      return '\uFFFF';
    }
    int code = data[at] & (length == 2 ? 0x1F : 0x0F);
    for (int i = 1; i < length; i++) {
      code = (code << 6) | (data[at + i] & 0x3F);
    }
    return (char) code;
  }

  /** Where the sought bytes first occur in a range, or -1; nothing is found at {@code from}. */
  public static int indexOf(
      byte[] data, int from, int end, byte[] sought, int soughtStart, int soughtLength) {
    if (soughtLength == 0) {
      return from;
    }
    byte first = sought[soughtStart];
    int last = end - soughtLength;
    for (int at = indexOf(data, from, last + 1, first);
        at >= 0;
        at = indexOf(data, at + 1, last + 1, first)) {
      if (soughtLength == 1 || matches(data, at, sought, soughtStart, soughtLength)) {
        return at;
      }
    }
    return -1;
  }

  private static int indexOf(byte[] data, int from, int end, byte sought) {
    for (int at = from; at < end; at++) {
      if (data[at] == sought) {
        return at;
      }
    }
    return -1;
  }

  /** Whether two ranges hold the same bytes. */
  public static boolean matches(byte[] data, int at, byte[] other, int otherStart, int length) {
    return Arrays.equals(data, at, at + length, other, otherStart, otherStart + length);
  }

  /** Copies a range character by character, the last one first. */
  public static void reverse(byte[] from, int start, int length, byte[] to, int toStart) {
    int end = start + length;
    int at = start;
    while (at < end) {
      int bytes = Math.min(length(from[at]), end - at);
      System.arraycopy(from, at, to, toStart + (end - at) - bytes, bytes);
      at += bytes;
    }
  }
}
