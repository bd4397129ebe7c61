package dev.millrace.flink.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever statements are made of and whatever stands between them, they come out as they went in.
 */
class SplittingPropertyTest {
  private static final List<String> PIECES =
      List.of(
          "SELECT",
          "x",
          "42",
          "(",
          ")",
          ",",
          "=",
          "END",
          "BEGIN",
          "SET",
          "'a;b'",
          "'it''s'",
          "''",
          "`c;--d`",
          "\"e/*f\"",
          "'/*'",
          "'--'",
          "E'\\';'",
          "'ünï😀;'",
          "-",
          "/",
          "*");
  private static final List<String> GAPS =
      List.of(" ", "\n", "\t", " \n ", " -- it's; `\n", " /* ' ; \" */ ", " // ;\n");

  @Provide
  Arbitrary<List<String>> statement() {
    return Arbitraries.of(PIECES).list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<String>> gaps() {
    return Arbitraries.of(GAPS).list().ofSize(9);
  }

  @Provide
  Arbitrary<List<Written>> script() {
    return Combinators.combine(statement(), gaps()).as(Written::new).list().ofMaxSize(6);
  }

  /** A statement's pieces, and the gap before each of them and before its semicolon. */
  record Written(List<String> pieces, List<String> gaps) {
    String text() {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < pieces.size(); i++) {
        text.append(gaps.get(i)).append(pieces.get(i));
      }
      return text.append(gaps.get(8)).append(';').toString();
    }

    String words() {
      return String.join(" ", pieces);
    }
  }

  @Property
  void statementsComeOutAsTheyWentIn(@ForAll("script") List<Written> written) {
    StringBuilder text = new StringBuilder();
    written.forEach(statement -> text.append(statement.text()));
    Script script = new Script("any.sql", text.toString());

    List<Statement> statements = Statements.of(script);

    assertThat(statements)
        .extracting(statement -> statement.sql().replaceAll("\\s+", " "))
        .containsExactlyElementsOf(written.stream().map(Written::words).toList());
    for (int i = 0; i < statements.size(); i++) {
      Position at = statements.get(i).position();
      String rest = script.text().lines().skip(at.line() - 1L).findFirst().orElseThrow();
      assertThat(rest.substring(at.column() - 1)).startsWith(written.get(i).pieces().get(0));
    }
  }
}
