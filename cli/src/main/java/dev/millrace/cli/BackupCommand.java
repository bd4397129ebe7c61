package dev.millrace.cli;

import dev.millrace.cli.control.ControlClient;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
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
  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "JOB|SAVEPOINT",
      description = "The name of a running job, or the folder of a savepoint.")
  private String what;

  @Parameters(index = "1", paramLabel = "FILE", description = "The file to write.")
  private Path file;

  @Override
  public void run() {
    long bytes = isFolder(what) ? BackupFile.write(Path.of(what), file) : ofRunningJob();
    spec.commandLine()
        .getOut()
        .printf("%s: %,d bytes. It starts by 'millrace restore %s'.%n", file, bytes, file);
  }

  private static boolean isFolder(String text) {
    try {
      return Files.isDirectory(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private long ofRunningJob() {
    try {
      Path folder = Files.createTempDirectory("millrace-backup");
      try {
        return BackupFile.write(
            Path.of(ControlClient.savepoint(what, folder.toString(), false)), file);
      } finally {
        Folders.remove(folder);
      }
    } catch (IOException e) {
      throw MillraceException.job("The savepoint for the backup has no room: " + e.getMessage(), e);
    }
  }
}
