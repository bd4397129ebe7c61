package dev.millrace.formats.json;

/**
 * Turns a checked JSON string into proper UTF-8: escapes resolved, surrogates joined, and a lone
 * surrogate replaced by {@code ?} as Flink does. The result is never longer than the input.
 */
final class JsonStringDecoder {
  private final byte[] data;
  private final byte[] out;
  private final int outStart;
  private int outEnd;
  private int pendingHigh;

  /** Writes to {@code out} from {@code outStart} on. */
  JsonStringDecoder(byte[] data, byte[] out, int outStart) {
    this.data = data;
    this.out = out;
    this.outStart = outStart;
    this.outEnd = outStart;
  }

  /** Decodes what lies between two quotes; returns the number of bytes written. */
  int decode(int from, int close) {
    int at = from;
    while (at < close) {
      byte value = data[at];
      if (value == '\\') {
        at = escape(at + 1);
      } else if (value >= 0) {
        unit(value);
        at++;
      } else {
        at = multiByte(at);
      }
    }
    flushPending();
    return outEnd - outStart;
  }

  private int escape(int at) {
    switch (data[at]) {
      case 'b' -> unit('\b');
      case 'f' -> unit('\f');
      case 'n' -> unit('\n');
      case 'r' -> unit('\r');
      case 't' -> unit('\t');
      case 'u' -> {
        int value = 0;
        for (int i = at + 1; i <= at + 4; i++) {
          value = (value << 4) | Character.digit(data[i], 16);
        }
        unit(value);
        return at + 5;
      }
      default -> unit(data[at]);
    }
    return at + 1;
  }

  private int multiByte(int at) {
    int length = Utf8Lenient.length(data[at] & 0xFF);
    int value = Utf8Lenient.codePoint(data, at, length);
    if (length < 4) {
      unit(value);
    } else {
      // Beyond Unicode's range this makes other units than surrogates; so does Flink's reader.
      int offset = value - Character.MIN_SUPPLEMENTARY_CODE_POINT;
      unit((0xD800 | (offset >> 10)) & 0xFFFF);
      unit(0xDC00 | (offset & 0x3FF));
    }
    return at + length;
  }

  /** Takes one UTF-16 unit. */
  private void unit(int unit) {
    if (pendingHigh == 0 && unit < 0x80) {
      out[outEnd++] = (byte) unit;
      return;
    }
    if (pendingHigh != 0 && Character.isLowSurrogate((char) unit)) {
      int codePoint = Character.toCodePoint((char) pendingHigh, (char) unit);
      pendingHigh = 0;
      out[outEnd++] = (byte) (0xF0 | (codePoint >> 18));
      out[outEnd++] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
      out[outEnd++] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
      out[outEnd++] = (byte) (0x80 | (codePoint & 0x3F));
      return;
    }
    flushPending();
    if (Character.isHighSurrogate((char) unit)) {
      pendingHigh = unit;
    } else if (unit < 0x80 || Character.isLowSurrogate((char) unit)) {
      out[outEnd++] = (byte) (unit < 0x80 ? unit : '?');
    } else if (unit < 0x800) {
      out[outEnd++] = (byte) (0xC0 | (unit >> 6));
      out[outEnd++] = (byte) (0x80 | (unit & 0x3F));
    } else {
      out[outEnd++] = (byte) (0xE0 | (unit >> 12));
      out[outEnd++] = (byte) (0x80 | ((unit >> 6) & 0x3F));
      out[outEnd++] = (byte) (0x80 | (unit & 0x3F));
    }
  }

  private void flushPending() {
    if (pendingHigh != 0) {
      out[outEnd++] = '?';
      pendingHigh = 0;
    }
  }
}
