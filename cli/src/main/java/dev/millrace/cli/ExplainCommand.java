package dev.millrace.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
    name = "explain",
    description = "Shows the dataflow that a script comes to, and what runs where.",
    footer = {"", "Example:", "  millrace explain examples/sensor.sql"})
final class ExplainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ScriptOptions options;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(options.script().explain());
    spec.commandLine().getOut().flush();
    return ExitCodes.DONE;
  }
}
