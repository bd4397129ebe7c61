package dev.millrace.cli;

import dev.millrace.api.Millrace;
import dev.millrace.cli.demo.DemoCommand;
import dev.millrace.cli.log.LogSetup;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The {@code millrace} command. */
@Command(
    name = "millrace",
    description = "Runs Flink SQL over streams in one process.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    subcommands = {
      RunCommand.class,
      CompileCommand.class,
      ExplainCommand.class,
      ReplayCommand.class,
      DemoCommand.class,
      KafkaCommand.class,
      VersionCommand.class
    },
    versionProvider = VersionCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "  bench    Measures Millrace against Flink: see 'millrace bench --help'.",
      "",
      "Exit codes: 0 done, 1 the job failed, 2 wrong usage or SQL, 130 Ctrl-C.",
      "",
      "Example:",
      "  millrace run examples/sensor_file.sql"
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--log-format",
      paramLabel = "text|json",
      defaultValue = "TEXT",
      scope = ScopeType.INHERIT,
      description = "How log lines on standard error look (default: text).")
  private LogSetup.Format logFormat;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Logs more, with the stack traces of failures.")
  private boolean verbose;

  /** Runs a command line and ends the process with its exit code. */
  public static void main(String[] arguments) {
    prepare(arguments);
    System.exit(commandLine().execute(arguments));
  }

  /** Begins with what takes longest while the command line is still being read. */
  private static void prepare(String[] arguments) {
    ExecutorService background =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, "prepare");
              thread.setDaemon(true);
              return thread;
            });
    background.execute(LogSetup::start);
    if (Stream.of(arguments).anyMatch(argument -> argument.endsWith(".sql"))) {
      Millrace.prepareSession(background);
    }
    background.shutdown();
  }

  /** The whole command, ready to execute. */
  static CommandLine commandLine() {
    Main main = new Main();
    Failures failures = new Failures();
    return new CommandLine(main)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setExecutionStrategy(
            parsed -> {
              LogSetup.configure(main.logFormat, main.verbose);
              return new CommandLine.RunLast().execute(parsed);
            });
  }

  /** Without a command. */
  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "which command? One of "
            + String.join(", ", spec.subcommands().keySet())
            + "; for example: millrace demo");
  }
}
