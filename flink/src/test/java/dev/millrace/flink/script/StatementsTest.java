package dev.millrace.flink.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.error.MillraceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementsTest {
  private static List<Statement> split(String text) {
    return Statements.of(new Script("test.sql", text));
  }

  private static List<String> texts(String text) {
    return split(text).stream().map(Statement::sql).toList();
  }

  @Test
  void splitsAtSemicolonsAndDropsEmptyStatements() {
    assertThat(texts("A;;\n ;B 1 ;\nC")).containsExactly("A", "B 1", "C");
    assertThat(texts("")).isEmpty();
    assertThat(texts(" -- nothing\n;/* at all */")).isEmpty();
  }

  @Test
  void quotesHideSemicolonsAndComments() {
    assertThat(texts("A ';' B; C \";--\" ; `;/*` D"))
        .containsExactly("A ';' B", "C \";--\"", "`;/*` D");
    assertThat(texts("A 'it''s;' ; B ''; C")).containsExactly("A 'it''s;'", "B ''", "C");
  }

  @Test
  void backslashEscapesAQuoteOnlyInAnEscapeString() {
    assertThat(texts("A E'x\\';y'; B")).containsExactly("A E'x\\';y'", "B");
    assertThat(texts("A 'x\\'; B")).containsExactly("A 'x\\'", "B");
  }

  @Test
  void commentsAreBlankedAndHintsStay() {
    assertThat(texts("A -- ; x\nB /* ; */ C // ;\n/*+ OPTIONS('a;'='b') */; D"))
        .containsExactly("A       \nB         C     \n/*+ OPTIONS('a;'='b') */", "D");
    assertThat(texts("-- first\nA")).containsExactly("A");
  }

  @Test
  void positionsAreThoseOfTheScript() {
    List<Statement> statements = split("\uFEFF-- c\r\n  A\r\n  B;  C\n;\n\nD");
    assertThat(statements)
        .extracting(s -> s.position().toString())
        .containsExactly("2:3", "3:7", "6:1");
    assertThat(statements.get(0).position().plus(new Position(2, 3))).hasToString("3:3");
    assertThat(statements.get(1).position().plus(new Position(1, 2))).hasToString("3:8");
  }

  @Test
  void aStatementSetIsOneStatement() {
    String set =
        "EXECUTE STATEMENT SET BEGIN\nINSERT a SELECT CASE WHEN x THEN 1 END;\n INSERT b; END";
    List<Statement> statements = split("X; " + set + "; Y");
    assertThat(statements).extracting(Statement::sql).containsExactly("X", set, "Y");
    assertThat(statements.get(1).parts())
        .extracting(Position::toString)
        .containsExactly("2:1", "3:2");
    assertThat(texts("explain statement set begin insert a; end; Y")).hasSize(2);
  }

  @Test
  void theClientsStatementSetIsAsManyStatements() {
    assertThat(texts("BEGIN STATEMENT SET; INSERT a; END; B"))
        .containsExactly("BEGIN STATEMENT SET", "INSERT a", "END", "B");
  }

  @Test
  void whatIsNotClosedIsReportedWhereItBegins() {
    assertThatThrownBy(() -> split("A;\n  B 'x; C"))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "test.sql:2:5: The string that begins here has no closing '.%n    B 'x; C%n      ^"
                .formatted());
    assertThatThrownBy(() -> split("A `x")).hasMessageContaining("test.sql:1:3: The name that");
    assertThatThrownBy(() -> split("A\n/* x")).hasMessageContaining("test.sql:2:1: The comment");
    assertThatThrownBy(() -> split("A; EXECUTE STATEMENT SET BEGIN INSERT x;"))
        .hasMessageContaining("test.sql:1:4: This statement set has no END.");
  }

  @Test
  void theCaretStandsBehindTheLinesTabs() {
    assertThatThrownBy(() -> split("\tA\t'x"))
        .hasMessageEndingWith("  \tA\t'x" + System.lineSeparator() + "  \t \t^");
  }

  @Test
  void literalsAreFoundAndReplaced() {
    Statement statement = split("SET /* 'a' */ 'A b' = 'it''s'").get(0);
    assertThat(statement.find("a B")).hasToString("Optional[1:15]");
    assertThat(statement.find("b")).isEmpty();
    assertThat(statement.withLiterals(literal -> literal + "'"))
        .isEqualTo("SET           'A b''' = 'it''s'''");
    assertThatThrownBy(
            () ->
                statement.withLiterals(
                    literal -> {
                      throw MillraceException.usage("no " + literal);
                    }))
        .hasMessageStartingWith("test.sql:1:15: no A b");
  }

  @Test
  void aFileThatCannotBeReadIsNamed(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("none.sql");
    assertThatThrownBy(() -> Script.read(missing))
        .hasMessage("There is no script file " + missing + ".");
    assertThatThrownBy(() -> Script.read(folder)).hasMessageContaining("it is a directory");
    Path latin = Files.write(folder.resolve("latin.sql"), new byte[] {'A', (byte) 0xE9, ';'});
    assertThatThrownBy(() -> Script.read(latin)).hasMessageContaining("is not UTF-8 text");
  }
}
