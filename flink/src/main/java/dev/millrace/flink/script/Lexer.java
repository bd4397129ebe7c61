package dev.millrace.flink.script;

import dev.millrace.flink.script.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a script into tokens by the lexical rules of Flink's parser, as far as quotes and comments
 * go.
 */
final class Lexer {
  private final Script script;
  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;

  private Lexer(Script script) {
    this.script = script;
    this.text = script.text();
  }

  static List<Token> tokens(Script script) {
    return new Lexer(script).run();
  }

  private List<Token> run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
      } else if (lookingAt("--") || lookingAt("//")) {
        skipLine();
      } else if (lookingAt("/*") && !lookingAt("/*+")) {
        skipBlockComment();
      } else {
        token(c);
      }
    }
    return tokens;
  }

  private boolean lookingAt(String prefix) {
    return text.startsWith(prefix, at);
  }

  private void skipLine() {
    int end = text.indexOf('\n', at);
    at = end < 0 ? text.length() : end + 1;
  }

  private void skipBlockComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw script.error(at, "The comment that begins here has no end: */ is missing.");
    }
    at = end + 2;
  }

  private void token(char first) {
    int start = at;
    switch (first) {
      case '\'' -> skipQuoted('\'', "string", isEscapeString());
      case '"' -> skipQuoted('"', "name", false);
      case '`' -> skipQuoted('`', "name", false);
      default -> {
        if (Character.isJavaIdentifierPart(first)) {
          skipWord();
        } else {
          at++;
        }
      }
    }
    tokens.add(new Token(kind(first), start, at));
  }

  private static Kind kind(char first) {
    return switch (first) {
      case '\'' -> Kind.STRING;
      case '"', '`' -> Kind.NAME;
      case ';' -> Kind.SEMICOLON;
      default -> Character.isJavaIdentifierPart(first) ? Kind.WORD : Kind.SYMBOL;
    };
  }

  /** Whether the quote here opens a string such as {@code E'it\'s'}, with backslash escapes. */
  private boolean isEscapeString() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token previous = tokens.get(tokens.size() - 1);
    return previous.end() == at && previous.isWord(text, "E");
  }

  private void skipWord() {
    while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
      at++;
    }
  }

  /** A doubled quote stands for one; as two quoted pieces without a gap it needs no rule. */
  private void skipQuoted(char quote, String what, boolean backslashEscapes) {
    int start = at;
    do {
      at++;
      while (at < text.length() && text.charAt(at) != quote) {
        at += backslashEscapes && text.charAt(at) == '\\' ? 2 : 1;
      }
      if (at >= text.length()) {
        throw script.error(
            start, "The %s that begins here has no closing %s.".formatted(what, quote));
      }
      at++;
    } while (at < text.length() && text.charAt(at) == quote);
  }
}
