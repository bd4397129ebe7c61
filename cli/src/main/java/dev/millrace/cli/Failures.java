package dev.millrace.cli;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Placeholders;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every failure into a line on standard error and an exit code; details go to the log. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, ParseResult arguments) {
    LoggerFactory.getLogger(Failures.class).debug("The command failed", failure);
    command.getErr().println("millrace: " + Placeholders.ofProcess().mask(message(failure)));
    return exitCode(failure);
  }

  private static String message(Exception failure) {
    if (failure instanceof UnsupportedException unsupported) {
      return "the native engine cannot run this script:\n  - "
          + String.join("\n  - ", unsupported.reasons())
          + "\nRun it with --engine auto or --engine flink.";
    }
    if (failure instanceof MillraceException) {
      return failure.getMessage();
    }
    return "internal error: " + failure + " (run with --verbose for the details)";
  }

  private static int exitCode(Exception failure) {
    boolean usage =
        failure instanceof UnsupportedException
            || (failure instanceof MillraceException known
                && known.kind() == MillraceException.Kind.USAGE);
    return usage ? ExitCodes.USAGE : ExitCodes.FAILED;
  }

  @Override
  public int handleParseException(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    command.getErr().println("millrace: " + failure.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(failure, command.getErr())) {
      command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCodes.USAGE;
  }
}
