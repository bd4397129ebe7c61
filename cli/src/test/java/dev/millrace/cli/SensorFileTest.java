package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example that the README begins with gives the same rows on both engines. */
class SensorFileTest {
  @TempDir Path folder;

  @Test
  void bothEnginesPrintTheSameRows() throws IOException, InterruptedException {
    List<String> rows = rows("native");
    assertThat(rows).hasSize(8).contains("+I[T-4, Kiln, 55.00, 2026-03-01T08:00:03]");
    assertThat(rows).isEqualTo(rows("flink"));
  }

  /** On one instance: with several, the lines tell which printed them. */
  private List<String> rows(String engine) throws IOException, InterruptedException {
    try (ChildCommand command =
        ChildCommand.start(
            folder, "run", "examples/sensor_file.sql", "--engine", engine, "--parallelism", "1")) {
      assertThat(command.exitCode()).as(command.err()).isZero();
      return command.out().lines().sorted().toList();
    }
  }
}
