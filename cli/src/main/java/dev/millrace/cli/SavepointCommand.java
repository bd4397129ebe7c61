package dev.millrace.cli;

import dev.millrace.cli.control.ControlClient;
import dev.millrace.engine.checkpoint.BlobStores;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "savepoint",
    description = {
      "Takes a savepoint of a job that another process runs on this machine, as the same user,",
      "and prints where it lies: a folder with the job's state, script and plan, all that is needed",
      "to go on from it by 'millrace run SCRIPT --from FOLDER'."
    },
    footer = {"", "Example:", "  millrace savepoint orders --stop"})
final class SavepointCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "JOB", description = "The job's name ('pipeline.name').")
  private String job;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "DIR",
      description = {
        "Takes the savepoint's folder, a path or URI (default: what the job's setting",
        "'execution.checkpointing.savepoint-dir' names, else .millrace/savepoints)."
      })
  private String directory;

  @Option(
      names = "--stop",
      description = "Ends the job with it; nothing is read or written after the savepoint.")
  private boolean stop;

  @Override
  public void run() {
    String wanted = directory == null ? "" : BlobStores.absolute(directory);
    spec.commandLine().getOut().println(ControlClient.savepoint(job, wanted, stop));
  }
}
