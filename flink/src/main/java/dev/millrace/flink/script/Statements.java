package dev.millrace.flink.script;

import dev.millrace.flink.script.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Splits a script at the semicolons that end a statement. */
public final class Statements {
  private Statements() {}

  /**
   * The statements of a script in order, empty ones left out. {@code ... STATEMENT SET BEGIN ...
   * END} is one statement, its inner semicolons included.
   */
  public static List<Statement> of(Script script) {
    List<Statement> statements = new ArrayList<>();
    List<Token> pending = new ArrayList<>();
    boolean inSet = false;
    for (Token token : Lexer.tokens(script)) {
      inSet = inSet ? !endsSet(script, pending, token) : beginsSet(script, pending, token);
      if (token.kind() != Kind.SEMICOLON || inSet) {
        pending.add(token);
      } else if (!pending.isEmpty()) {
        statements.add(new Statement(script, pending));
        pending.clear();
      }
    }
    if (inSet) {
      throw script.error(pending.get(0).start(), "This statement set has no END.");
    }
    if (!pending.isEmpty()) {
      statements.add(new Statement(script, pending));
    }
    return statements;
  }

  private static boolean beginsSet(Script script, List<Token> before, Token token) {
    int size = before.size();
    return size >= 2
        && token.isWord(script.text(), "BEGIN")
        && before.get(size - 1).isWord(script.text(), "SET")
        && before.get(size - 2).isWord(script.text(), "STATEMENT");
  }

  /** An END that follows a semicolon; the END of a CASE never does. */
  private static boolean endsSet(Script script, List<Token> before, Token token) {
    return token.isWord(script.text(), "END")
        && before.get(before.size() - 1).kind() == Kind.SEMICOLON;
  }
}
