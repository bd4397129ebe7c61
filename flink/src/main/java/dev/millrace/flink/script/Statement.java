package dev.millrace.flink.script;

import dev.millrace.engine.error.MillraceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * One statement of a script, without the {@code ;} that ends it. Comments are blanked out, except
 * hints.
 */
public final class Statement {
  private final Script script;
  private final List<Token> tokens;
  private final String sql;

  Statement(Script script, List<Token> tokens) {
    this.script = script;
    this.tokens = List.copyOf(tokens);
    this.sql = withoutComments();
  }

  /**
   * The statement's text; a place in it is a place in the script {@linkplain Position#plus plus}
   * {@link #position}.
   */
  public String sql() {
    return sql;
  }

  /** Where the statement begins. */
  public Position position() {
    return script.position(start());
  }

  private int start() {
    return tokens.get(0).start();
  }

  private String withoutComments() {
    char[] blanked = script.text().substring(start(), last().end()).toCharArray();
    int end = start();
    for (Token token : tokens) {
      for (int i = end; i < token.start(); i++) {
        int at = i - start();
        blanked[at] = blanked[at] == '\n' ? '\n' : ' ';
      }
      end = token.end();
    }
    return new String(blanked);
  }

  private Token last() {
    return tokens.get(tokens.size() - 1);
  }

  /** Whether the statement begins with these keywords. */
  public boolean startsWith(String... keywords) {
    return hasAt(0, keywords);
  }

  private boolean hasAt(int index, String... keywords) {
    if (index + keywords.length > tokens.size()) {
      return false;
    }
    for (int i = 0; i < keywords.length; i++) {
      if (!tokens.get(index + i).isWord(script.text(), keywords[i])) {
        return false;
      }
    }
    return true;
  }

  /**
   * Where each statement of a {@code STATEMENT SET BEGIN ... END} begins; else this one's place.
   */
  public List<Position> parts() {
    List<Position> parts = new ArrayList<>();
    boolean inSet = false;
    for (int i = 1; i < tokens.size(); i++) {
      boolean opens = !inSet && i >= 3 && hasAt(i - 3, "STATEMENT", "SET", "BEGIN");
      inSet |= opens;
      boolean begins = opens || (inSet && tokens.get(i - 1).kind() == Token.Kind.SEMICOLON);
      if (begins && !tokens.get(i).isWord(script.text(), "END")) {
        parts.add(script.position(tokens.get(i).start()));
      }
    }
    return parts.isEmpty() ? List.of(position()) : parts;
  }

  /** The place of the first string literal with this content, in any case of letters. */
  public Optional<Position> find(String literal) {
    String wanted = quote(literal).toLowerCase(Locale.ROOT);
    return tokens.stream()
        .filter(token -> token.kind() == Token.Kind.STRING)
        .filter(token -> text(token).toLowerCase(Locale.ROOT).equals(wanted))
        .map(token -> script.position(token.start()))
        .findFirst();
  }

  /** Where each function is called first, from a place on, by its name in upper case. */
  public Map<String, Position> calls(Position from) {
    Map<String, Position> calls = new TreeMap<>();
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token name = tokens.get(i);
      Position at = script.position(name.start());
      if (name.kind() == Token.Kind.WORD
          && text(tokens.get(i + 1)).equals("(")
          && !at.isBefore(from)) {
        calls.putIfAbsent(text(name).toUpperCase(Locale.ROOT), at);
      }
    }
    return calls;
  }

  /** A place in the script with the script's name: {@code job.sql:3:1}. */
  public String named(Position inScript) {
    return script.name() + ":" + inScript;
  }

  /**
   * The text with the content of each string literal replaced. What {@code replacement} throws is
   * reported at the literal's place.
   */
  public String withLiterals(UnaryOperator<String> replacement) {
    StringBuilder replaced = new StringBuilder();
    int end = start();
    for (Token token : tokens) {
      if (token.kind() == Token.Kind.STRING) {
        replaced.append(sql, end - start(), token.start() - start());
        replaced.append(quote(replace(token, replacement)));
        end = token.end();
      }
    }
    return replaced.append(sql, end - start(), sql.length()).toString();
  }

  private String replace(Token literal, UnaryOperator<String> replacement) {
    String quoted = text(literal);
    try {
      return replacement.apply(quoted.substring(1, quoted.length() - 1).replace("''", "'"));
    } catch (MillraceException e) {
      throw script.error(script.position(literal.start()), e.getMessage(), e.getCause());
    }
  }

  private static String quote(String content) {
    return "'" + content.replace("'", "''") + "'";
  }

  private String text(Token token) {
    return script.text().substring(token.start(), token.end());
  }

  /** A user's error at the statement's begin. */
  public ScriptException error(String message) {
    return error(position(), message, null);
  }

  /** A user's error at a place in the script. */
  public ScriptException error(Position inScript, String message, Throwable cause) {
    return script.error(inScript, message, cause);
  }

  @Override
  public String toString() {
    return sql;
  }
}
