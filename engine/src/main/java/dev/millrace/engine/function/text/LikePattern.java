package dev.millrace.engine.function.text;

import dev.millrace.engine.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A LIKE pattern, matched against UTF-8 bytes. An underscore stands for any one character but a
 * line terminator, as in Flink.
 */
final class LikePattern {
  /** No escape character. */
  static final char NO_ESCAPE = 0;

  private static final int ANY_CHARACTER = -1;
  private static final int ANY_TEXT = -2;

  private enum Shape {
    EQUAL,
    PREFIX,
    SUFFIX,
    CONTAINED,
    GENERAL
  }

  /** Bytes to be matched and the two wildcards. */
  private final int[] tokens;

  private final Shape shape;
  private final byte[] literal;

  private LikePattern(int[] tokens) {
    this.tokens = tokens;
    this.shape = shape(tokens);
    int from = shape == Shape.SUFFIX || shape == Shape.CONTAINED ? 1 : 0;
    int to = tokens.length - (shape == Shape.PREFIX || shape == Shape.CONTAINED ? 1 : 0);
    this.literal = new byte[to - from];
    for (int i = 0; i < literal.length; i++) {
      literal[i] = (byte) tokens[from + i];
    }
  }

  private static Shape shape(int[] tokens) {
    int last = tokens.length - 1;
    int inner = 0;
    for (int i = 0; i <= last; i++) {
      boolean outer = tokens[i] == ANY_TEXT && (i == 0 || i == last);
      inner += tokens[i] < 0 && !outer ? 1 : 0;
    }
    if (inner > 0) {
      return Shape.GENERAL;
    }
    boolean open = last >= 0 && tokens[0] == ANY_TEXT;
    boolean openEnd = last > 0 && tokens[last] == ANY_TEXT;
    if (open) {
      return openEnd ? Shape.CONTAINED : Shape.SUFFIX;
    }
    return openEnd ? Shape.PREFIX : Shape.EQUAL;
  }

  /** Throws IllegalArgumentException if an escape character stands before an ordinary one. */
  static LikePattern compile(String pattern, char escape) {
    int[] tokens = new int[pattern.length() * 3];
    int count = 0;
    for (int i = 0; i < pattern.length(); ) {
      int c = pattern.codePointAt(i);
      i += Character.charCount(c);
      if (c == escape && escape != NO_ESCAPE) {
        char next = i < pattern.length() ? pattern.charAt(i) : 0;
        if (!isEscapable(next, escape)) {
          throw new IllegalArgumentException(
              "invalid escape sequence '" + pattern + "', " + (i - 1));
        }
        tokens[count++] = next;
        i++;
      } else if (c == '%') {
        tokens[count++] = ANY_TEXT;
      } else if (c == '_') {
        tokens[count++] = ANY_CHARACTER;
      } else {
        for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          tokens[count++] = b & 0xFF;
        }
      }
    }
    return new LikePattern(Arrays.copyOf(tokens, count));
  }

  private static boolean isEscapable(char c, char escape) {
    return c == '%' || c == '_' || c == escape;
  }

  boolean matches(byte[] data, int start, int length) {
    int spare = length - literal.length;
    return switch (shape) {
      case EQUAL -> spare == 0 && Utf8.matches(literal, 0, data, start, length);
      case PREFIX -> spare >= 0 && Utf8.matches(literal, 0, data, start, literal.length);
      case SUFFIX -> spare >= 0 && Utf8.matches(literal, 0, data, start + spare, literal.length);
      case CONTAINED -> Utf8.indexOf(data, start, start + length, literal, 0, literal.length) >= 0;
      case GENERAL -> matchesTokens(data, start, start + length);
    };
  }

  /**
   * Matches greedily and, on a mismatch, lets the last {@code %} take one more byte; earlier ones
   * need not be tried again, since what follows them was matched as far left as possible.
   */
  private boolean matchesTokens(byte[] data, int start, int end) {
    int token = 0;
    int at = start;
    int retryToken = -1;
    int retryAt = 0;
    while (at < end || token < tokens.length) {
      if (token < tokens.length && tokens[token] == ANY_TEXT) {
        retryToken = ++token;
        retryAt = at;
        continue;
      }
      int matched = at < end && token < tokens.length ? matched(data, at, end, tokens[token]) : 0;
      if (matched > 0) {
        at += matched;
        token++;
      } else if (retryToken >= 0 && retryAt < end) {
        retryAt += Math.min(Utf8.length(data[retryAt]), end - retryAt);
        at = retryAt;
        token = retryToken;
      } else {
        return false;
      }
    }
    return true;
  }

  /**
   * Number of bytes that a token other than {@link #ANY_TEXT} takes here, 0 if it doesn't match.
   */
  private static int matched(byte[] data, int at, int end, int token) {
    if (token >= 0) {
      return (data[at] & 0xFF) == token ? 1 : 0;
    }
    return switch (Utf8.bmp(data, at, end)) {
      case '\n', '\r', '\u0085', '\u2028', '\u2029' -> 0;
      default -> Math.min(Utf8.length(data[at]), end - at);
    };
  }
}
