package dev.millrace.conformance.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.api.Engine;
import dev.millrace.api.Job;
import dev.millrace.api.Millrace;
import dev.millrace.cli.Main;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What stateful queries do with bad input: what Flink does, or one clear error. Overflow, null keys
 * and a join of windows that are not said to be equal are golden files.
 */
class BadInputTest {
  private static final String NUMBERS =
      """
      CREATE TABLE numbers (k BIGINT) WITH (
        'connector' = 'datagen', 'rows-per-second' = '1000000000',
        'fields.k.kind' = 'sequence', 'fields.k.start' = '0', 'fields.k.end' = '%d');
      """;

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "FLINK"})
  void divisionByZeroFailsTheJob(Engine engine) {
    String script =
        NUMBERS.formatted(9) + "SELECT k / 2, SUM(10 / (k - 5)) FROM numbers GROUP BY k / 2;";
    assertThatThrownBy(() -> run(script, engine))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.kind()).isEqualTo(MillraceException.Kind.JOB))
        .hasMessageContaining(engine == Engine.NATIVE ? "division by zero" : "/ by zero");
  }

  @Test
  void divisionByZeroNamesTheOperator() {
    String script = NUMBERS.formatted(9) + "SELECT SUM(10 / (k - 5)) FROM numbers;";
    assertThatThrownBy(() -> run(script, Engine.NATIVE)).hasMessageStartingWith("Calc");
  }

  @Test
  void windowOverAPlainColumnIsRefusedWithItsPlace() {
    String script =
        NUMBERS.formatted(9)
            + """
            SELECT window_start, COUNT(*)
            FROM TABLE(TUMBLE(TABLE numbers, DESCRIPTOR(k), INTERVAL '1' SECOND))
            GROUP BY window_start, window_end;
            """;
    assertThatThrownBy(() -> run(script, Engine.NATIVE))
        .isInstanceOfSatisfying(
            MillraceException.class,
            e -> assertThat(e.kind()).isEqualTo(MillraceException.Kind.USAGE))
        .hasMessageStartingWith("script:4:1: The window function TUMBLE")
        .hasMessageContaining("but is BIGINT");
  }

  private static void run(String script, Engine engine) throws InterruptedException {
    try (Job job = Millrace.sql(script).engine(engine).parallelism(1).start()) {
      job.forEachRow(row -> {});
    }
  }

  @Test
  void memoryThatRunsOutEndsTheCommandWithOneLine(@TempDir Path folder)
      throws IOException, InterruptedException {
    Path script = folder.resolve("keys.sql");
    Files.writeString(
        script,
        NUMBERS.formatted(1_000_000_000L)
            + """
            CREATE TABLE answer (k BIGINT, n BIGINT) WITH ('connector' = 'blackhole');
            SET 'millrace.state.memory' = '150 mb';
            INSERT INTO answer SELECT k, COUNT(*) FROM numbers GROUP BY k;
            """);
    Path output = folder.resolve("output.txt");
    Process command =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx160m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "--engine",
                "native",
                script.toString())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(command.waitFor()).isEqualTo(1);
    List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
    assertThat(lines)
        .filteredOn(line -> line.contains("out of memory"))
        .singleElement()
        .asString()
        .contains("GroupAggregate", "-Xmx", "millrace.state.memory", "table.exec.state.ttl");
  }
}
