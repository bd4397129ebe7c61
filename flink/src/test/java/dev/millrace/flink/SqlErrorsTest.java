package dev.millrace.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.millrace.engine.error.MillraceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlErrorsTest {
  private static final String TABLES =
      "CREATE TABLE g (id INT, s STRING) WITH ('connector'='datagen');\n"
          + "CREATE TABLE p (id INT, s STRING) WITH ('connector'='print');\n"
          + "CREATE TABLE f (id INT, s STRING)"
          + " WITH ('connector'='filesystem', 'path'='/tmp/x', 'format'='json');\n";

  private static MillraceException failure(String script) {
    MillraceException failure =
        catchThrowableOfType(MillraceException.class, () -> new Sql().run(script));
    assertThat(failure).isNotNull();
    assertThat(failure.kind()).isEqualTo(MillraceException.Kind.USAGE);
    assertThat(failure).hasMessageNotContaining("Exception").hasMessageNotContaining("org.apache");
    return failure;
  }

  private static String firstLine(String script) {
    return failure(script).getMessage().lines().findFirst().orElseThrow();
  }

  @Test
  void theMessageShowsTheLineAndThePlace() {
    MillraceException failure =
        failure(TABLES + "-- now\nINSERT INTO p\n  SELECT id, nme\n  FROM g;");
    assertThat(failure.getMessage().lines())
        .containsExactly(
            "test.sql:6:14: Column 'nme' not found in any table.",
            "    SELECT id, nme",
            "               ^");
    assertThat(failure).hasCauseInstanceOf(org.apache.flink.table.api.ValidationException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SELEC 1 | 4:1: Non-query expression encountered in illegal context.",
        "SELECT 1 FROM | 4:13: Unexpected end of the statement.",
        "SELECT id FROM g WHERE ORDER | 4:24: Unexpected ORDER.",
        "SELECT * FROM gg | 4:15: Object 'gg' not found.",
        "SELECT UPER(s) FROM g | 4:8: No match found for function signature UPER(<CHARACTER>).",
        "INSERT INTO p SELECT id FROM g | 4:1: Column types of query result and sink for 'p' do not"
            + " match. Cause: Different number of columns. Query schema: [id: INT] Sink schema:"
            + " [id: INT, s: STRING].",
        "CREATE TABLE x (id INTT) WITH ('connector'='print') | 4:20: Unknown identifier 'INTT'.",
        "CREATE TABLE g (id INT) WITH ('connector'='print') | 4:1: Table (or view)"
            + " default_database.g already exists in Catalog default_catalog.",
        "DROP TABLE nope | 4:1: Table with identifier 'nope' does not exist.",
        "USE CATALOG nope | 4:1: A catalog with name [nope] does not exist.",
        "CREATE FUNCTION f AS 'a.b.C'; SELECT f(1) | 4:31: Cannot instantiate user-defined function"
            + " 'f': class not found: a.b.C.",
        "SHOW JOBS | 4:1: This statement is not possible in a script.",
        "QUIT | 4:1: This statement is not possible in a script.",
        "CREATE VIEW v AS SELECT nope FROM g | 4:25: Column 'nope' not found in any table.",
        "EXPLAIN SELECT nope FROM g | 4:16: Column 'nope' not found in any table.",
        "BEGIN STATEMENT SET; SHOW TABLES; | 4:22: Only INSERT may stand in the statement set that"
            + " begins at line 4.",
        "BEGIN STATEMENT SET; | 4:1: This statement set has no END.",
      })
  void saysWhatIsWrongAndWhere(String statement, String expected) {
    assertThat(firstLine(TABLES + statement)).isEqualTo("test.sql:" + expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "'connector'='kafkaa' | 1:43: There is no connector 'kafkaa'; did you mean 'kafka'?",
        "'connector'='datagen', 'row-per-second'='5' | 1:54: 'datagen' has no option"
            + " 'row-per-second'; did you mean 'rows-per-second'?",
        "'connector'='datagen', 'rows-per-second'='x' | 1:54: Option 'rows-per-second' can't have"
            + " the value 'x': For input string: \"x\".",
        "'connector'='filesystem' | 1:1: Missing options: format, path.",
        "'connector'='filesystem', 'path'='/tmp/x', 'format'='jsn' | 1:83: There is no format"
            + " 'jsn'; did you mean 'json'?",
        "'connector'='kafka', 'topic'='x', 'properties.bootstrap.servers'='h:1', 'format'='json',"
            + " 'scan.startup.mode'='earliest-ofset' | 1:120: Option 'scan.startup.mode' can't have"
            + " the value 'earliest-ofset'; did you mean 'earliest-offset'?",
      })
  void namesTheOptionWhereTheTableIsDefined(String options, String expected) {
    assertThat(firstLine("CREATE TABLE t (id INT) WITH (" + options + ");\nSELECT * FROM t"))
        .isEqualTo("test.sql:" + expected);
  }

  @Test
  void anOptionInAHintIsFoundThere() {
    assertThat(firstLine(TABLES + "SELECT id FROM g /*+ OPTIONS('rows'='1') */"))
        .startsWith("test.sql:4:30: 'datagen' has no option 'rows'");
  }

  @Test
  void ofSeveralInsertsTheFailingOneIsNamed() {
    assertThat(
            firstLine(
                TABLES
                    + "INSERT INTO p SELECT id, s FROM g;\n"
                    + "EXECUTE STATEMENT SET BEGIN INSERT INTO p SELECT id, s FROM g;\n"
                    + "  INSERT INTO f SELECT id, MAX(s) FROM g GROUP BY id; END"))
        .startsWith("test.sql:6:3: Table sink 'f' doesn't support consuming update changes");
  }

  @Test
  void aCatalogTypeIsNamed() {
    assertThat(firstLine("CREATE CATALOG c WITH ('type'='jdbcc')"))
        .isEqualTo(
            "test.sql:1:31: There is no catalog type 'jdbcc'; known are: generic_in_memory.");
  }
}
