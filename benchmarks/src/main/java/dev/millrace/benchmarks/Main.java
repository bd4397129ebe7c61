package dev.millrace.benchmarks;

import dev.millrace.benchmarks.nexmark.NexmarkCommand;
import dev.millrace.benchmarks.torture.TortureCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code millrace bench} command: every figure that the docs claim comes from one of these. */
@Command(
    name = "millrace bench",
    description = "Measures Millrace on this machine, against a peer in the same run.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    subcommands = {
      NexmarkCommand.class,
      StartupCommand.class,
      JsonCommand.class,
      RoundTripCommand.class,
      HeapCommand.class,
      StateCommand.class,
      SpillCommand.class,
      RecoveryCommand.class,
      TortureCommand.class
    },
    footer = {"", "Example:", "  millrace bench nexmark --queries q0,q1 --against flink"})
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Main());
    command.setExecutionExceptionHandler(
        (failure, failed, parsed) -> {
          failed.getErr().println("millrace bench: " + failure.getMessage());
          return 1;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which benchmark?");
  }
}
