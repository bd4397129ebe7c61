package dev.millrace.cli;

import dev.millrace.api.Millrace;
import dev.millrace.cli.rows.RowFormat;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "replay",
    description = "Sends dead letters of a script's job through the script again.",
    footer = {
      "",
      "Reads the table that 'millrace.errors.table' names, takes the letters about records of one",
      "table that could not be decoded, and decodes them again in place of what the script's",
      "sources have. The results go to the script's sinks; what fails again is a new letter, of the",
      "job NAME-replay. Letters stay in their table: replayed twice, their rows are there twice.",
      "",
      "Example:",
      "  millrace replay orders.sql --table orders --since 2026-11-22T08:00:00Z"
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin private ScriptOptions options;

  @Option(
      names = "--table",
      required = true,
      paramLabel = "TABLE",
      description = "The source table whose records are sent again.")
  private String table;

  @Option(
      names = "--job",
      paramLabel = "NAME",
      description = "The job that sent the letters (default: the script's).")
  private String job;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "Only letters from this time on, such as 2026-11-22T08:00:00Z.")
  private Instant since;

  @Override
  public Integer call() throws InterruptedException {
    Millrace script = options.script().replay(table, job, since);
    try (ConsoleRun run = new ConsoleRun(RowFormat.TABLE)) {
      script.run(run);
      return run.stopped() ? ExitCodes.STOPPED : ExitCodes.DONE;
    }
  }
}
