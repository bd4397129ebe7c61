package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
  private static final String ROWS =
      """
      CREATE VIEW animals AS
      SELECT * FROM (VALUES (1, 'cat', TIMESTAMP '2026-02-28 23:59:59'), (2, CAST(NULL AS STRING), CAST(NULL AS TIMESTAMP(0)))) AS t (id, name, born);
      """;

  @TempDir Path folder;

  private Path script(String sql) throws IOException {
    return Files.writeString(folder.resolve("job.sql"), sql);
  }

  private Command select(String format, String engine) throws IOException {
    return Command.run(
        "run",
        script(ROWS + "SELECT id, name, born FROM animals;\n").toString(),
        "--format",
        format,
        "--engine",
        engine,
        "--parallelism",
        "1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "flink"})
  void selectAsTable(String engine) throws IOException {
    Command command = select("table", engine);
    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(command.out().lines())
        .containsExactlyInAnyOrder(
            "id | name   | born",
            "---+--------+--------------------",
            "1  | cat    | 2026-02-28 23:59:59",
            "2  | <NULL> | <NULL>",
            "(2 rows)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "flink"})
  void selectAsJson(String engine) throws IOException {
    assertThat(select("json", engine).out().lines())
        .containsExactlyInAnyOrder(
            "{\"id\":1,\"name\":\"cat\",\"born\":\"2026-02-28 23:59:59\"}",
            "{\"id\":2,\"name\":null,\"born\":null}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "flink"})
  void selectAsCsv(String engine) throws IOException {
    assertThat(select("csv", engine).out().lines())
        .containsExactlyInAnyOrder("id,name,born", "1,cat,\"2026-02-28 23:59:59\"", "2,,");
  }

  @Test
  void autoSaysWhyItTakesFlink() throws IOException {
    Command command =
        Command.run(
            "run",
            script(ROWS + "SELECT n FROM animals CROSS JOIN UNNEST(ARRAY[id, 2]) AS u (n);\n")
                .toString(),
            "--format",
            "csv");
    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(command.err())
        .contains("runs on embedded Flink, because")
        .contains("a table function");
    assertThat(command.out()).startsWith("n\n").contains("2\n");
  }

  @Test
  void compiledPlanRunsWithoutTheScript() throws IOException {
    Path plan = folder.resolve("job.plan.json");
    Path script = script(ROWS + "SELECT id FROM animals WHERE id > 1;\n");
    assertThat(Command.run("compile", script.toString(), "-o", plan.toString()).exitCode())
        .isZero();
    Files.delete(script);

    Command command = Command.run("run", plan.toString(), "--engine", "native", "--format", "csv");
    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(command.out()).isEqualTo("id\n2\n");
  }

  @Test
  void explainShowsWhatRunsWhere() throws IOException {
    Path script = script(ROWS + "SELECT id FROM animals WHERE id > 1;\n");
    assertThat(Command.run("explain", script.toString()).out())
        .contains("native engine")
        .contains("Values")
        .contains("[");
    script = script(ROWS + "SELECT n FROM animals CROSS JOIN UNNEST(ARRAY[id, 2]) AS u (n);\n");
    assertThat(Command.run("explain", script.toString()).out())
        .contains("embedded Flink, because")
        .contains("a table function");
  }

  @Test
  void settingsOfTheCommandLineWin() throws IOException {
    Path script =
        script(
            """
            SET 'table.local-time-zone' = 'UTC';
            SELECT CAST(TO_TIMESTAMP_LTZ(0, 3) AS STRING) AS t FROM (VALUES (1)) AS v (x);
            """);
    Command command =
        Command.run(
            "run",
            script.toString(),
            "--set",
            "table.local-time-zone=Asia/Tokyo",
            "--engine",
            "native",
            "--format",
            "csv");
    assertThat(command.out()).as(command.err()).contains("1970-01-01 09:00:00.000");
  }

  @Test
  void statementsPrintTheirAnswers() throws IOException {
    Command command = Command.run("run", script(ROWS + "SHOW VIEWS;\n").toString());
    assertThat(command.exitCode()).as(command.err()).isZero();
    assertThat(command.out()).contains("animals");
  }

  @ParameterizedTest
  @CsvSource({"run", "compile", "explain", "demo", "kafka", "version"})
  void everyCommandHelpsWithAnExample(String name) {
    Command command = Command.run(name, "--help");
    assertThat(command.exitCode()).isZero();
    assertThat(command.out()).contains("Usage: millrace " + name).contains("Example:");
  }

  @Test
  void versionNamesTheDialect() {
    assertThat(Command.run("version").out()).contains("Millrace").contains("Flink SQL 2.3");
  }

  @Test
  void deadLettersAreCountedAndReplayed() throws IOException {
    Files.writeString(folder.resolve("in.csv"), "1,10\n2,ten\n3,30\n");
    String sql =
        """
        SET 'pipeline.name' = 'numbers';
        SET 'millrace.errors.table' = 'dead_letters';
        CREATE TABLE dead_letters (`time` TIMESTAMP_LTZ(3), job STRING, stage STRING,
          `table` STRING, split STRING, `position` BIGINT, class STRING, message STRING,
          raw_bytes BYTES)
          WITH ('connector' = 'filesystem', 'format' = 'json', 'path' = '%1$s/letters');
        CREATE TABLE numbers (id INT, n %2$s)
          WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '%1$s/in.csv');
        CREATE TABLE copies (id INT, n %2$s)
          WITH ('connector' = 'filesystem', 'format' = 'csv', 'path' = '%1$s/%3$s');
        INSERT INTO copies SELECT * FROM numbers;
        """;
    Command run =
        Command.run("run", script(sql.formatted(folder.toUri(), "INT", "first")).toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).contains("2 rows out, 1 to the dead-letter table");
    Command replay =
        Command.run(
            "replay",
            script(sql.formatted(folder.toUri(), "STRING", "second")).toString(),
            "--table",
            "numbers");
    assertThat(replay.exitCode()).as(replay.err()).isZero();
    try (Stream<Path> files = Files.list(folder.resolve("second"))) {
      assertThat(files).singleElement().satisfies(file -> assertThat(file).hasContent("2,ten"));
    }
  }
}
