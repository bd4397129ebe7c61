package dev.millrace.cli;

import dev.millrace.api.Millrace;
import dev.millrace.engine.error.MillraceException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = "Runs a SQL script or a compiled plan until its input ends or Ctrl-C.",
    footer = {
      "",
      "Ctrl-C ends the job in good order: what was read is finished, the sinks are flushed;",
      "with checkpoints, after one more, from which --resume goes on.",
      "",
      "Example:",
      "  millrace run examples/sensor_file.sql --engine native --parallelism 2"
    })
final class RunCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ScriptOptions options;
  @Mixin private RunOptions run;

  @Option(
      names = "--resume",
      description = {
        "Goes on from the newest good checkpoint of this job's name ('pipeline.name');",
        "from the beginning if there is none."
      })
  private boolean resume;

  @Option(
      names = "--from",
      paramLabel = "SAVEPOINT",
      description = {
        "Starts with the state of a savepoint (its folder) or a checkpoint (its .manifest),",
        "also of a script that was edited since."
      })
  private String from;

  @Option(
      names = "--allow-state-loss",
      description = "Starts though some state fits nowhere in the edited script; it is dropped.")
  private boolean allowStateLoss;

  @Option(
      names = "--dry-run",
      description = "With --from: says what becomes of each state, and starts nothing.")
  private boolean dryRun;

  @Override
  public Integer call() throws InterruptedException {
    Millrace script = options.script().resume(resume).allowStateLoss(allowStateLoss);
    if (from != null) {
      script.from(from);
    }
    if (!dryRun) {
      return run.run(script);
    }
    if (from == null) {
      throw MillraceException.usage("--dry-run is only for use with --from.");
    }
    script.stateReport().forEach(spec.commandLine().getOut()::println);
    return ExitCodes.DONE;
  }
}
