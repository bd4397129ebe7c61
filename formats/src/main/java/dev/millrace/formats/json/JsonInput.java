package dev.millrace.formats.json;

import dev.millrace.engine.batch.ByteHeap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The tokens of one JSON record. Positions go in and come out of every method, so that the loops
 * above keep theirs in a register. Not thread-safe.
 *
 * <p>The grammar is the one that Flink's reader accepts: RFC 8259, with unescaped control
 * characters in strings. What is skipped is checked like what is read; the only freedom taken is
 * that numbers and strings may be of any length.
 */
final class JsonInput {
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  /** How deep values may be nested, as in Flink's reader. */
  private static final int MAX_DEPTH = 1000;

  private static final int TRUE = word("true");
  private static final int NULL = word("null");
  private static final int FALSE_TAIL = word("alse");
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long QUOTES = ONES * '"';
  private static final long BACKSLASHES = ONES * '\\';
  private static final int EXCERPT = 60;

  private byte[] data;
  private boolean onHeap;
  private int start;
  private int end;
  private boolean needsDecoding;
  private boolean integral;
  private final boolean[] objects = new boolean[MAX_DEPTH];

  /**
   * Points to the bytes of a block; {@code heapHoldsThem} says whether the builders' heap begins
   * with these bytes, so that strings can be ranges of them.
   */
  void block(byte[] bytes, boolean heapHoldsThem) {
    data = bytes;
    onHeap = heapHoldsThem;
  }

  /** Points to a record of the block. */
  void record(int from, int to) {
    start = from;
    end = to;
  }

  boolean onHeap() {
    return onHeap;
  }

  byte[] data() {
    return data;
  }

  int end() {
    return end;
  }

  /** The byte at a position, or 0, which stands for nothing in JSON, at the end. */
  int at(int position) {
    return position < end ? data[position] : 0;
  }

  /** Behind a byte order mark, if the record begins with one. */
  int contentStart() {
    boolean marked =
        end - start >= 3
            && data[start] == (byte) 0xEF
            && data[start + 1] == (byte) 0xBB
            && data[start + 2] == (byte) 0xBF;
    return skipSpace(marked ? start + 3 : start);
  }

  /** The position of the next byte that is not white space, or the end. */
  int skipSpace(int position) {
    return position < end && data[position] > ' ' ? position : skipSpaceSlowly(position);
  }

  private int skipSpaceSlowly(int position) {
    int at = position;
    while (at < end) {
      byte value = data[at];
      if (value != ' ' && value != '\n' && value != '\r' && value != '\t') {
        break;
      }
      at++;
    }
    return at;
  }

  /**
   * The end of the string whose first byte, after the quote, is at {@code position}: the position
   * of its closing quote, or the complement {@code ~} of that if it is not plain ASCII without
   * escapes; then {@link #needsDecoding} tells more.
   */
  int stringEnd(int position) {
    byte[] bytes = data;
    int at = position;
    int lastWord = Math.min(end, bytes.length) - Long.BYTES;
    while (at <= lastWord) {
      long word = (long) LONG.get(bytes, at);
      long special = zeroBytes(word ^ QUOTES) | zeroBytes(word ^ BACKSLASHES) | (word & HIGH_BITS);
      if (special != 0) {
        // Borrows can only mark bytes above a true match, so the lowest mark is always right.
        at += Long.numberOfTrailingZeros(special) >>> 3;
        return bytes[at] == '"' ? at : ~slowStringEnd(at);
      }
      at += Long.BYTES;
    }
    for (; at < end; at++) {
      byte value = bytes[at];
      if (value == '"') {
        return at;
      }
      if (value == '\\' || value < 0) {
        return ~slowStringEnd(at);
      }
    }
    throw endsWithin("a string", position - 1);
  }

  /** Marks the bytes that are zero, and perhaps some above one that is. */
  private static long zeroBytes(long word) {
    return (word - ONES) & ~word & HIGH_BITS;
  }

  /** The closing quote of a string, checking escapes and UTF-8 from {@code position} on. */
  private int slowStringEnd(int position) {
    needsDecoding = false;
    int at = position;
    while (at < end) {
      byte value = data[at];
      if (value == '"') {
        return at;
      } else if (value == '\\') {
        needsDecoding = true;
        at = escapeEnd(at);
      } else if (value >= 0) {
        at++;
      } else {
        at = multiByteEnd(at);
      }
    }
    throw endsWithin("a string", position);
  }

  private int escapeEnd(int position) {
    int escaped = at(position + 1);
    if (escaped == 'u') {
      for (int i = position + 2; i < position + 6; i++) {
        if (Character.digit(at(i), 16) < 0) {
          throw wrong("four hexadecimal digits after \\u", i);
        }
      }
      return position + 6;
    }
    if ("\"\\/bfnrt".indexOf(escaped) < 0) {
      throw wrong("an escaped character", position + 1);
    }
    return position + 2;
  }

  /**
   * The end of a character of several bytes. As lenient as Flink's reader, which takes overlong
   * forms and encoded surrogates too; those need decoding.
   */
  private int multiByteEnd(int position) {
    int lead = data[position] & 0xFF;
    int length = Utf8Lenient.length(lead);
    if (length == 0) {
      throw wrong("a character in UTF-8", position);
    }
    for (int i = position + 1; i < position + length; i++) {
      if (i >= end || (data[i] & 0xC0) != 0x80) {
        throw wrong("a character in UTF-8", position);
      }
    }
    needsDecoding |= !Utf8Lenient.isStrict(data, position, length);
    return position + length;
  }

  /**
   * After {@link #stringEnd} returned a complement: whether the string's bytes differ from its
   * value's, because of escapes or for not being proper UTF-8.
   */
  boolean needsDecoding() {
    return needsDecoding;
  }

  /** Appends the value of a string that needs decoding; returns its length there. */
  int decodeString(int position, int close, ByteHeap to) {
    byte[] out = to.reserve(close - position);
    int length = new JsonStringDecoder(data, out, to.length()).decode(position, close);
    to.advance(length);
    return length;
  }

  /** The value of a string, given what {@link #stringEnd} returned for it. */
  String string(int position, int stringEnd) {
    if (stringEnd < 0 && needsDecoding) {
      byte[] out = new byte[~stringEnd - position];
      int length = new JsonStringDecoder(data, out, 0).decode(position, ~stringEnd);
      return new String(out, 0, length, StandardCharsets.UTF_8);
    }
    int close = stringEnd < 0 ? ~stringEnd : stringEnd;
    return new String(data, position, close - position, StandardCharsets.UTF_8);
  }

  /** The end of the number at {@code position}; {@link #integral} then tells which kind it is. */
  int numberEnd(int position) {
    int at = at(position) == '-' ? position + 1 : position;
    if (at(at) == '0') {
      at++;
      if (isDigit(at(at))) {
        throw wrong("no digit after a leading zero", at);
      }
    } else {
      at = digitsEnd(at);
    }
    integral = true;
    if (at(at) == '.') {
      integral = false;
      at = digitsEnd(at + 1);
    }
    if ((at(at) | 0x20) == 'e') {
      integral = false;
      int sign = at(at + 1);
      at = digitsEnd(sign == '-' || sign == '+' ? at + 2 : at + 1);
    }
    return at;
  }

  /** Whether the number that {@link #numberEnd} saw last has neither fraction nor exponent. */
  boolean integral() {
    return integral;
  }

  private int digitsEnd(int position) {
    int at = position;
    while (at < end && isDigit(data[at])) {
      at++;
    }
    if (at == position) {
      throw wrong("a digit", position);
    }
    return at;
  }

  static boolean isDigit(int value) {
    return value >= '0' && value <= '9';
  }

  /** The end of {@code true}, {@code false} or {@code null}, whichever starts at the position. */
  int literalEnd(int position) {
    if (position + 4 <= end) {
      int word = (int) INT.get(data, position);
      if (word == NULL || word == TRUE) {
        return position + 4;
      }
      if (data[position] == 'f'
          && position + 5 <= end
          && (int) INT.get(data, position + 1) == FALSE_TAIL) {
        return position + 5;
      }
    }
    throw wrong("a value", position);
  }

  private static int word(String text) {
    return (int) INT.get(text.getBytes(StandardCharsets.US_ASCII), 0);
  }

  /** The end of the value at {@code position}, whatever it is. */
  int skipValue(int position) {
    int first = at(position);
    return first == '{' || first == '[' ? skipContainer(position) : skipScalar(position, first);
  }

  private int skipScalar(int position, int first) {
    if (first == '"') {
      int close = stringEnd(position + 1);
      return (close < 0 ? ~close : close) + 1;
    }
    return first == '-' || isDigit(first) ? numberEnd(position) : literalEnd(position);
  }

  private int skipContainer(int position) {
    int depth = 0;
    int at = position;
    do {
      int first = at(at);
      if (first == '{' || first == '[') {
        boolean object = first == '{';
        depth = open(depth, object);
        at = skipSpace(at + 1);
        if (at(at) != (object ? '}' : ']')) {
          at = object ? skipName(at) : at;
          continue;
        }
      } else {
        at = skipScalar(at, first);
      }
      while (depth > 0) {
        at = skipSpace(at);
        int next = at(at);
        boolean object = objects[depth - 1];
        if (next == ',') {
          at = skipSpace(at + 1);
          at = object ? skipName(at) : at;
          break;
        }
        if (next != (object ? '}' : ']')) {
          throw wrong(object ? "',' or '}'" : "',' or ']'", at);
        }
        at++;
        depth--;
      }
    } while (depth > 0);
    return at;
  }

  private int open(int depth, boolean object) {
    if (depth == MAX_DEPTH) {
      throw new JsonException("values are nested more than " + MAX_DEPTH + " deep");
    }
    objects[depth] = object;
    return depth + 1;
  }

  /** From the name of an object's member to its value. */
  private int skipName(int position) {
    if (at(position) != '"') {
      throw wrong("a name in quotes", position);
    }
    int close = stringEnd(position + 1);
    return skipColon((close < 0 ? ~close : close) + 1);
  }

  /** From behind a name to its value. */
  int skipColon(int position) {
    int at = skipSpace(position);
    if (at(at) != ':') {
      throw wrong("':'", at);
    }
    return skipSpace(at + 1);
  }

  /** The bytes of a value as they are, shortened if long, for messages. */
  String excerpt(int from, int to) {
    return to - from <= EXCERPT
        ? new String(data, from, to - from, StandardCharsets.UTF_8)
        : new String(data, from, EXCERPT, StandardCharsets.UTF_8) + "...";
  }

  /** Something else than what was expected stands at the position. */
  JsonException wrong(String expected, int position) {
    if (position >= end) {
      return new JsonException(
          "not valid JSON: it ends at byte %d, where %s was expected"
              .formatted(end - start, expected));
    }
    int value = data[position] & 0xFF;
    String found =
        value > ' ' && value < 0x7F ? "'" + (char) value + "'" : "0x%02X".formatted(value);
    return new JsonException(
        "not valid JSON: expected %s at byte %d, found %s"
            .formatted(expected, position - start, found));
  }

  private JsonException endsWithin(String what, int position) {
    return new JsonException(
        "not valid JSON: it ends within %s that begins at byte %d"
            .formatted(what, position - start));
  }
}
