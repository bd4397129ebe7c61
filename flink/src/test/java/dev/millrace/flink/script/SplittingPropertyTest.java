package dev.millrace.flink.script;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whatever statements are made of and whatever stands between them, they come out as they went in.
 */
class SplittingPropertyTest {
  private static final long SEED = Long.getLong("millrace.random.seed", System.nanoTime());

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

  private final Random random = new Random(SEED);

  @Test
  void statementsComeOutAsTheyWentIn() {
    for (int i = 0; i < 1000; i++) {
      List<Written> script = some(random.nextInt(7), this::statement);
      statementsComeOutAsTheyWentIn(script);
    }
  }

  private static void statementsComeOutAsTheyWentIn(List<Written> written) {
    StringBuilder text = new StringBuilder();
    written.forEach(statement -> text.append(statement.text()));
    Script script = new Script("any.sql", text.toString());
    String what = "%s%nseed %d".formatted(text, SEED);

    List<Statement> statements = Statements.of(script);

    assertThat(statements)
        .as(what)
        .extracting(statement -> statement.sql().replaceAll("\\s+", " "))
        .containsExactlyElementsOf(written.stream().map(Written::words).toList());
    for (int i = 0; i < statements.size(); i++) {
      Position at = statements.get(i).position();
      String rest = script.text().lines().skip(at.line() - 1L).findFirst().orElseThrow();
      assertThat(rest.substring(at.column() - 1))
          .as(what)
          .startsWith(written.get(i).pieces().get(0));
    }
  }

  private Written statement() {
    return new Written(some(1 + random.nextInt(8), () -> pick(PIECES)), some(9, () -> pick(GAPS)));
  }

  private String pick(List<String> texts) {
    return texts.get(random.nextInt(texts.size()));
  }

  private static <T> List<T> some(int count, Supplier<T> one) {
    return Stream.generate(one).limit(count).toList();
  }
}
