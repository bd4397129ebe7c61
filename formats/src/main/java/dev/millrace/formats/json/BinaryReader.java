package dev.millrace.formats.json;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.VectorBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads BINARY and VARBINARY from base64 with padding. As in Flink's reader white space may stand
 * between groups of four characters, and further groups may follow a padded one.
 */
final class BinaryReader extends ScalarReader {
  private static final int GROUP = 4;
  private static final byte[] VALUES = new byte[256];

  static {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    Arrays.fill(VALUES, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
  }

  private BytesBuilder builder;

  BinaryReader(Place place) {
    super(place);
  }

  @Override
  boolean string(JsonInput in, int from, int stringEnd) {
    if (stringEnd >= 0) {
      return decode(in.data(), from, stringEnd);
    }
    byte[] text = in.string(from, stringEnd).getBytes(StandardCharsets.UTF_8);
    return decode(text, 0, text.length);
  }

  private boolean decode(byte[] text, int from, int to) {
    ByteHeap heap = builder.heap();
    byte[] out = heap.reserve((to - from) / GROUP * 3);
    int start = heap.length();
    int length = 0;
    int at = from;
    while (true) {
      while (at < to && text[at] >= 0 && text[at] <= ' ') {
        at++;
      }
      if (at == to) {
        heap.advance(length);
        builder.appendRange(start, length);
        return true;
      }
      int bytes = at + GROUP <= to ? decodeGroup(text, at, out, start + length) : 0;
      if (bytes == 0) {
        return false;
      }
      length += bytes;
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

  @Override
  VectorBuilder builder() {
    return builder;
  }

  @Override
  void bind(VectorBuilder to) {
    builder = (BytesBuilder) to;
  }
}
