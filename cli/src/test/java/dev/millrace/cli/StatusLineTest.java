package dev.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusLineTest {
  private static final String ERASED = "\r\u001b[K";

  @TempDir Path folder;

  /** As the launcher starts it on a terminal. */
  @Test
  void showsRowsRatesAndWatermarkAndGivesWayToOtherOutput()
      throws IOException, InterruptedException {
    Path script =
        Files.writeString(
            folder.resolve("job.sql"),
            """
            CREATE TABLE numbers (n INT, t TIMESTAMP(3), WATERMARK FOR t AS t) WITH (
              'connector' = 'datagen', 'rows-per-second' = '10');
            CREATE TABLE console (n INT, t TIMESTAMP(3)) WITH ('connector' = 'print');
            INSERT INTO console SELECT n, t FROM numbers;
            """);
    try (ChildCommand command =
        ChildCommand.start(
            folder,
            Map.of("JAVA_TOOL_OPTIONS", "-Dmillrace.terminal=true"),
            "run",
            script.toString(),
            "--engine",
            "native")) {
      command.awaitThat("a watermark", () -> command.err().contains("watermark"));
      command.signal("INT");
      assertThat(command.exitCode()).as(command.err()).isEqualTo(ExitCodes.STOPPED);
      assertThat(command.err())
          .containsPattern(
              "\r\u001b\\[K\u001b\\[\\?7l\\d+:\\d\\d  [\\d,]+ rows in \\([\\d,]+/s\\),"
                  + " [\\d,]+ rows out \\([\\d,]+/s\\), watermark [-\\d]+ [:\\d]+Z\u001b\\[\\?7h");
      String last = command.err().substring(command.err().lastIndexOf(ERASED) + ERASED.length());
      assertThat(last).containsPattern("^[\\d,]+ rows in, [\\d,]+ rows out in ").endsWith("/s)\n");
      assertThat(command.out().lines()).allMatch(line -> line.matches("\\d> \\+I\\[.*\\]"));
    }
  }
}
