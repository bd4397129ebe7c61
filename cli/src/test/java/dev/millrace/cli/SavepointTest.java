package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Savepoints of a job in a process of its own, and what is made of them. */
class SavepointTest {
  private static final int ROWS = 60_000;

  private final String job = "savepoint " + UUID.randomUUID();

  @TempDir Path folder;

  private String script(String name, int rowsPerSecond) throws IOException {
    String sql =
        """
        SET 'pipeline.name' = '%s';
        SET 'execution.checkpointing.interval' = '100 ms';
        SET 'execution.checkpointing.dir' = '%s';
        CREATE TABLE numbers (n BIGINT) WITH (
          'connector' = 'datagen', 'rows-per-second' = '%d', 'fields.n.kind' = 'sequence',
          'fields.n.start' = '1', 'fields.n.end' = '%d');
        CREATE TABLE files (n BIGINT) WITH (
          'connector' = 'filesystem', 'path' = '%s', 'format' = 'csv');
        INSERT INTO files SELECT n FROM numbers;
        """
            .formatted(
                job,
                folder.resolve("checkpoints"),
                rowsPerSecond,
                ROWS,
                folder.resolve("numbers").toUri());
    return Files.writeString(folder.resolve(name), sql).toString();
  }

  private List<Long> written() throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (Stream<Path> parts = Files.list(folder.resolve("numbers"))) {
      for (Path part :
          parts.filter(file -> !file.getFileName().toString().startsWith(".")).toList()) {
        Files.readAllLines(part).forEach(line -> numbers.add(Long.valueOf(line)));
      }
    }
    return numbers;
  }

  private boolean hasBegun() {
    return Files.isDirectory(folder.resolve("checkpoints"))
        && Files.exists(folder.resolve("numbers"));
  }

  @Test
  void aJobMovesByItsSavepoint() throws Exception {
    String slow = script("job.sql", 3000);
    Path backup = folder.resolve("job.backup");
    try (ChildCommand running = ChildCommand.start(folder, "run", slow, "--parallelism", "2")) {
      running.awaitThat("checkpoints", this::hasBegun);

      Command second = Command.run("run", slow);
      assertThat(second.exitCode()).isEqualTo(ExitCodes.USAGE);
      assertThat(second.messages())
          .singleElement()
          .asString()
          .contains("Job '" + job + "' is running already (process ");

      Command unknown = Command.run("savepoint", "unheard of");
      assertThat(unknown.exitCode()).isEqualTo(ExitCodes.USAGE);
      assertThat(unknown.messages())
          .singleElement()
          .asString()
          .contains("No job 'unheard of'", "'" + job + "'");

      Command copied = Command.run("backup", job, backup.toString());
      assertThat(copied.exitCode()).as(copied.err()).isEqualTo(ExitCodes.DONE);

      Command stopped =
          Command.run("savepoint", job, folder.resolve("savepoints").toString(), "--stop");
      assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(ExitCodes.DONE);
      assertThat(running.exitCode()).as(running.err()).isEqualTo(ExitCodes.DONE);
      List<Long> before = written();
      assertThat(before).hasSizeBetween(1, ROWS - 1);

      String fast = script("edited.sql", 10_000_000);
      String savepoint = stopped.out().strip();
      Command dryRun = Command.run("run", fast, "--from", savepoint, "--dry-run");
      assertThat(dryRun.out()).startsWith("kept: Source numbers[").hasLineCount(1);
      Command moved = Command.run("run", fast, "--from", savepoint, "--parallelism", "3");
      assertThat(moved.exitCode()).as(moved.err()).isEqualTo(ExitCodes.DONE);
      assertThat(moved.err()).contains("starts from checkpoint ", "is written again");
      assertThat(written().stream().sorted().toList())
          .isEqualTo(LongStream.rangeClosed(1, ROWS).boxed().toList());
    }
    restores(backup);
  }

  private void restores(Path backup) throws Exception {
    try (ChildCommand restored =
        ChildCommand.start(folder, "restore", backup.toString(), "--dir", folder + "/elsewhere")) {
      restored.awaitThat("its start", () -> restored.err().contains("starts from checkpoint "));
      restored.signal("INT");
      assertThat(restored.exitCode()).as(restored.err()).isEqualTo(ExitCodes.STOPPED);
    }
    assertThat(folder.resolve("elsewhere/job.sql"))
        .content()
        .contains("'rows-per-second' = '3000'");
    Command again = Command.run("restore", backup.toString(), "--dir", folder + "/elsewhere");
    assertThat(again.messages()).singleElement().asString().contains("is there already");

    byte[] whole = Files.readAllBytes(backup);
    assertRefused(Arrays.copyOf(whole, whole.length / 2));
    byte[] flipped = whole.clone();
    flipped[whole.length / 3] ^= 4;
    assertRefused(flipped);
  }

  private void assertRefused(byte[] damaged) throws IOException {
    Path file = Files.write(folder.resolve("damaged.backup"), damaged);
    Command refused =
        Command.run(
            "restore", file.toString(), "--unpack", "--dir", folder + "/" + UUID.randomUUID());
    assertThat(refused.exitCode()).isEqualTo(ExitCodes.USAGE);
    assertThat(refused.messages()).singleElement().asString().contains("is damaged or no backup");
  }
}
