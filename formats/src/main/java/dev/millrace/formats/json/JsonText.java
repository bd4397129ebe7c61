package dev.millrace.formats.json;

import dev.millrace.engine.batch.ByteHeap;
import java.nio.charset.StandardCharsets;

/** Writes JSON strings with the escapes that Flink's writer uses: no more than JSON demands. */
final class JsonText {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** For each ASCII character: 0 if it stands for itself, 'u', or the letter of its escape. */
  private static final byte[] ESCAPES = new byte[128];

  static {
    for (int i = 0; i < ' '; i++) {
      ESCAPES[i] = 'u';
    }
    ESCAPES['\b'] = 'b';
    ESCAPES['\t'] = 't';
    ESCAPES['\n'] = 'n';
    ESCAPES['\f'] = 'f';
    ESCAPES['\r'] = 'r';
    ESCAPES['"'] = '"';
    ESCAPES['\\'] = '\\';
  }

  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

  private JsonText() {}

  static void appendNull(ByteHeap to) {
    to.append(NULL);
  }

  static void appendBoolean(ByteHeap to, boolean value) {
    to.append(value ? TRUE : FALSE);
  }

  /** Appends a quote, if one is wanted. */
  static void appendQuote(ByteHeap to, boolean wanted) {
    if (wanted) {
      to.append((byte) '"');
    }
  }

  /**
   * Appends a string in quotes. As Flink's writer does, characters beyond the basic plane are
   * escaped as two surrogates.
   */
  static void appendString(ByteHeap to, byte[] data, int from, int length) {
    appendString(to, data, from, length, true);
  }

  /** Appends a string in quotes; characters beyond the basic plane are left as they are. */
  static void appendTreeString(ByteHeap to, byte[] data, int from, int length) {
    appendString(to, data, from, length, false);
  }

  private static void appendString(
      ByteHeap to, byte[] data, int from, int length, boolean escapeSupplementary) {
    to.append((byte) '"');
    int end = from + length;
    int runStart = from;
    for (int i = from; i < end; i++) {
      byte value = data[i];
      if (value >= 0 && ESCAPES[value] != 0) {
        to.append(data, runStart, i - runStart);
        appendEscape(to, value);
        runStart = i + 1;
      } else if (escapeSupplementary && (value & 0xF8) == 0xF0 && i + 4 <= end) {
        to.append(data, runStart, i - runStart);
        int codePoint = Utf8Lenient.codePoint(data, i, 4);
        appendUnit(to, Character.highSurrogate(codePoint));
        appendUnit(to, Character.lowSurrogate(codePoint));
        i += 3;
        runStart = i + 1;
      }
    }
    to.append(data, runStart, end - runStart);
    to.append((byte) '"');
  }

  private static void appendEscape(ByteHeap to, byte value) {
    if (ESCAPES[value] == 'u') {
      appendUnit(to, (char) value);
    } else {
      to.append((byte) '\\');
      to.append(ESCAPES[value]);
    }
  }

  private static void appendUnit(ByteHeap to, char unit) {
    byte[] data = to.reserve(6);
    int at = to.length();
    data[at] = '\\';
    data[at + 1] = 'u';
    for (int i = 0; i < 4; i++) {
      data[at + 2 + i] = HEX[(unit >> (12 - 4 * i)) & 0xF];
    }
    to.advance(6);
  }
}
