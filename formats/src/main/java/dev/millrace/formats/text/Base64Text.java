package dev.millrace.formats.text;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import java.util.Arrays;

/**
 * Base64 as Flink's text formats read it: with padding; white space may stand between groups of
 * four characters, and further groups may follow a padded one.
 */
public final class Base64Text {
  private static final int GROUP = 4;
  private static final byte[] VALUES = new byte[256];

  static {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
  }

  private Base64Text() {}

  /** Appends the bytes that the range stands for; false, with nothing appended, if for none. */
  public static boolean append(BytesBuilder to, byte[] text, int from, int length) {
    ByteHeap heap = to.heap();
    byte[] out = heap.reserve(length / GROUP * 3);
    int start = heap.length();
    int decoded = 0;
    int end = from + length;
    int at = from;
    while (true) {
      while (at < end && text[at] >= 0 && text[at] <= ' ') {
        at++;
      }
      if (at == end) {
        heap.advance(decoded);
        to.appendRange(start, decoded);
        return true;
      }
      int bytes = at + GROUP <= end ? decodeGroup(text, at, out, start + decoded) : 0;
      if (bytes == 0) {
        return false;
      }
      decoded += bytes;
      at += GROUP;
    }
  }

  /** Decodes four characters; returns how many bytes they are, 0 if they are not base64. */
  private static int decodeGroup(byte[] text, int at, byte[] out, int outAt) {
    int a = VALUES[text[at] & 0xFF];
    int b = VALUES[text[at + 1] & 0xFF];
    if ((a | b) < 0) {
      return 0;
    }
    out[outAt] = (byte) (a << 2 | b >> 4);
    int c = VALUES[text[at + 2] & 0xFF];
    if (c < 0) {
      return text[at + 2] == '=' && text[at + 3] == '=' ? 1 : 0;
    }
    out[outAt + 1] = (byte) (b << 4 | c >> 2);
    int d = VALUES[text[at + 3] & 0xFF];
    if (d < 0) {
      return text[at + 3] == '=' ? 2 : 0;
    }
    out[outAt + 2] = (byte) (c << 6 | d);
    return 3;
  }
}
