package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ctrl-C from outside, on jobs that would go on for a long time. */
class CtrlCTest {
  private static final Pattern SUMMARY = Pattern.compile("([0-9,]+) rows in, ([0-9,]+) rows out");

  private static final String ENDLESS =
      """
      CREATE TABLE numbers (n BIGINT) WITH (
        'connector' = 'datagen', 'rows-per-second' = '2000',
        'fields.n.kind' = 'sequence', 'fields.n.start' = '1', 'fields.n.end' = '100000');
      """;

  @TempDir Path folder;

  /** A process that was started to ignore the signal hands that on to its children. */
  @BeforeEach
  void requireInterruptible() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      String ignored =
          Files.readAllLines(status).stream()
              .filter(line -> line.startsWith("SigIgn:"))
              .findFirst()
              .orElseThrow()
              .substring("SigIgn:".length())
              .strip();
      assertThat(Long.parseUnsignedLong(ignored, 16) & 2)
          .as("these tests must not run where SIGINT is ignored, as in the background of a shell")
          .isZero();
    }
  }

  private ChildCommand run(String sql, String... options) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add("run");
    arguments.add(Files.writeString(folder.resolve("job.sql"), sql).toString());
    arguments.addAll(List.of(options));
    return ChildCommand.start(folder, arguments.toArray(String[]::new));
  }

  @Test
  void whatWasReadIsInTheFiles() throws IOException, InterruptedException {
    Path files = folder.resolve("numbers");
    String sql =
        ENDLESS
            + """
            CREATE TABLE files (n BIGINT) WITH (
              'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
            CREATE TABLE console (n BIGINT) WITH ('connector' = 'print');
            INSERT INTO files SELECT n FROM numbers;
            INSERT INTO console SELECT n FROM numbers;
            """
                .formatted(files.toUri());
    try (ChildCommand command = run(sql, "--engine", "native", "--parallelism", "2")) {
      command.awaitThat("rows", () -> command.out().lines().count() > 1000);
      command.signal("INT");
      assertThat(command.exitCode()).as(command.err()).isEqualTo(ExitCodes.STOPPED);

      List<Long> written = numbers(files);
      assertThat(written).doesNotHaveDuplicates();
      assertThat(command.out().lines().map(CtrlCTest::printed))
          .containsExactlyInAnyOrderElementsOf(written);
      assertThat(summary(command)).containsExactly((long) written.size(), 2L * written.size());
      assertThat(command.err()).doesNotContain("\tat ").doesNotContain("Exception");
    }
  }

  /** Line by line; a file that is not complete has a hidden name, and must not be there. */
  private static List<Long> numbers(Path files) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (Stream<Path> parts = Files.list(files)) {
      for (Path part : parts.toList()) {
        assertThat(part.getFileName().toString()).doesNotStartWith(".");
        Files.readAllLines(part).forEach(line -> numbers.add(Long.valueOf(line)));
      }
    }
    return numbers;
  }

  /** The number of a line such as {@code 2> +I[17]}. */
  private static long printed(String line) {
    return Long.parseLong(line.substring(line.indexOf('[') + 1, line.indexOf(']')));
  }

  private static List<Long> summary(ChildCommand command) {
    Matcher summary = SUMMARY.matcher(command.err());
    assertThat(summary.find()).as(command.err()).isTrue();
    return List.of(count(summary.group(1)), count(summary.group(2)));
  }

  private static long count(String text) {
    return Long.parseLong(text.replace(",", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"native", "flink"})
  void aSelectEndsItsTable(String engine) throws IOException, InterruptedException {
    try (ChildCommand command =
        run(ENDLESS + "SELECT n FROM numbers;\n", "--engine", engine, "--parallelism", "1")) {
      command.awaitThat("rows", () -> command.out().lines().count() > 1000);
      command.signal("INT");
      assertThat(command.exitCode()).as(command.err()).isEqualTo(ExitCodes.STOPPED);
      long rows = command.out().lines().filter(line -> line.matches("\\d+")).count();
      assertThat(command.out()).endsWith("(" + rows + " rows)\n");
      assertThat(command.err()).doesNotContain("\tat ").doesNotContain("Exception");
    }
  }
}
