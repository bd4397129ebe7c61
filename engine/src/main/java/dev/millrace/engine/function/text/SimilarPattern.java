package dev.millrace.engine.function.text;

import static java.util.Map.entry;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Translates SIMILAR TO patterns of the SQL standard to Java's regular expressions. */
final class SimilarPattern {
  private static final String REGEX_SPECIALS = "[]()|^-+*?{}$\\.";
  private static final String SIMILAR_SPECIALS = "[]()|^-+*_%?{}";
  private static final char NO_ESCAPE = LikePattern.NO_ESCAPE;

  private static final Map<String, String> CLASSES =
      Map.ofEntries(
          entry("[:ALPHA:]", "\\p{Alpha}"),
          entry("[:UPPER:]", "\\p{Upper}"),
          entry("[:LOWER:]", "\\p{Lower}"),
          entry("[:DIGIT:]", "\\d"),
          entry("[:SPACE:]", " "),
          entry("[:WHITESPACE:]", "\\s"),
          entry("[:ALNUM:]", "\\p{Alnum}"),
          entry("[:alpha:]", "\\p{Alpha}"),
          entry("[:upper:]", "\\p{Upper}"),
          entry("[:lower:]", "\\p{Lower}"),
          entry("[:digit:]", "\\d"),
          entry("[:space:]", " "),
          entry("[:whitespace:]", "\\s"),
          entry("[:alnum:]", "\\p{Alnum}"));

  private final String pattern;
  private final char escape;
  private final StringBuilder regex = new StringBuilder();
  private int at;

  private SimilarPattern(String pattern, char escape) {
    this.pattern = pattern;
    this.escape = escape;
  }

  /** Throws IllegalArgumentException if the pattern is malformed. */
  static Matcher compile(String pattern, char escape) {
    return Pattern.compile(new SimilarPattern(pattern, escape).translate()).matcher("");
  }

  private String translate() {
    checkEscapes();
    while (at < pattern.length()) {
      char c = pattern.charAt(at++);
      if (c == escape && escape != NO_ESCAPE) {
        translateEscape();
        continue;
      }
      switch (c) {
        case '_' -> regex.append('.');
        case '%' -> regex.append("(?s:.*)");
        case '[' -> translateEnumeration();
        case ']' -> throw malformed();
        case '\\', '$' -> regex.append('\\').append(c);
        default -> regex.append(c);
      }
    }
    return regex.toString();
  }

  private void translateEscape() {
    if (at == pattern.length()) {
      throw invalidEscape(at - 1);
    }
    char next = pattern.charAt(at++);
    if (SIMILAR_SPECIALS.indexOf(next) < 0 && next != escape) {
      throw invalidEscape(at - 2);
    }
    boolean quoted = SIMILAR_SPECIALS.indexOf(next) >= 0 && REGEX_SPECIALS.indexOf(next) >= 0;
    regex.append(quoted ? "\\" : "").append(next);
  }

  /** The characters between brackets, and the closing one; it stands behind the opening one. */
  private void translateEnumeration() {
    regex.append('[');
    while (at < pattern.length()) {
      char c = pattern.charAt(at);
      if (c == ']') {
        at++;
        regex.append(']');
        return;
      }
      if (c == escape && escape != NO_ESCAPE) {
        at++;
        translateEscape();
      } else if (pattern.startsWith("[:", at)) {
        translateClass();
      } else if (c == '-' || c == '^' || SIMILAR_SPECIALS.indexOf(c) < 0) {
        regex.append(c);
        at++;
      } else {
        throw malformed();
      }
    }
    throw malformed();
  }

  private void translateClass() {
    int end = pattern.indexOf(":]", at);
    String name = end < 0 ? "" : pattern.substring(at, end + 2);
    String translated = CLASSES.get(name);
    if (translated == null) {
      throw malformed();
    }
    regex.append(translated);
    at = end + 2;
  }

  /** The standard's rules for an escape character that has a meaning of its own. */
  private void checkEscapes() {
    if (escape != NO_ESCAPE && SIMILAR_SPECIALS.indexOf(escape) >= 0) {
      for (int i = pattern.indexOf(escape); i >= 0; i = pattern.indexOf(escape, i + 1)) {
        if (i + 1 == pattern.length() || SIMILAR_SPECIALS.indexOf(pattern.charAt(i + 1)) < 0) {
          throw invalidEscape(i);
        }
      }
    }
    if (escape == ':' && !(pattern.contains("[:") && pattern.contains(":]"))) {
      throw invalidEscape(-1);
    }
  }

  private IllegalArgumentException invalidEscape(int index) {
    return new IllegalArgumentException("invalid escape sequence '" + pattern + "', " + index);
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("invalid regular expression '" + pattern + "'");
  }
}
