package dev.millrace.cli;

import dev.millrace.cli.control.ControlClient;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import dev.millrace.engine.option.Placeholders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "backup",
    description = {
      "Copies a savepoint, with the job's script and plan, into one file, from which",
      "'millrace restore' starts the job on another machine. Of a running job, a savepoint is taken."
    },
    footer = {"", "Example:", "  millrace backup orders orders.backup"})
final class BackupCommand implements Runnable {
  /** Two letters at least: one alone is a drive. */
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

  @Spec private CommandSpec spec;
  @Mixin private SetOption set;

  @Parameters(
      index = "0",
      paramLabel = "JOB|SAVEPOINT",
      description = "The name of a running job, or the folder of a savepoint, a path or URI.")
  private String what;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
  private Path file;

  @Override
  public void run() {
    long bytes = isFolder(what) ? write(what) : ofRunningJob();
    spec.commandLine()
        .getOut()
        .printf("%s: %,d bytes. It starts by 'millrace restore %s'.%n", file, bytes, file);
  }

  private long write(String savepoint) {
    Map<String, String> settings = Placeholders.ofProcess().resolve(set.parsed());
    return BackupFile.write(savepoint, new Options("the command line", settings), file);
  }

  private static boolean isFolder(String text) {
    try {
      return URI.matcher(text).matches() || Files.isDirectory(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private long ofRunningJob() {
    try {
      Path folder = Files.createTempDirectory("millrace-backup");
      try {
        return write(ControlClient.savepoint(what, folder.toString(), false));
      } finally {
        Folders.remove(folder);
      }
    } catch (IOException e) {
      throw MillraceException.job("The savepoint for the backup has no room: " + e.getMessage(), e);
    }
  }
}
