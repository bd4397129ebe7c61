package dev.millrace.cli;

import dev.millrace.api.Engine;
import dev.millrace.api.Millrace;
import dev.millrace.cli.rows.RowFormat;
import dev.millrace.engine.error.MillraceException;
import picocli.CommandLine.Option;

/** How jobs run: what every command that runs a script has in common. */
final class RunOptions {
  @Option(
      names = "--engine",
      paramLabel = "auto|native|flink",
      defaultValue = "AUTO",
      description = {
        "auto: native if the whole script is supported, else embedded Flink (default);",
        "native: refuses what it cannot run; flink: embedded Flink."
      })
  private Engine engine;

  @Option(
      names = "--format",
      paramLabel = "table|json|csv",
      defaultValue = "TABLE",
      description = "How the rows of a SELECT are written (default: table).")
  private RowFormat format;

  @Option(
      names = "--metrics-port",
      paramLabel = "P",
      description = {
        "Serves /metrics (for Prometheus), /health/live and /health/ready on this port;",
        "0 takes any free one (default: no metrics)."
      })
  private Integer metricsPort;

  @Option(
      names = "--metrics-host",
      paramLabel = "HOST",
      description = "The address for --metrics-port (default: localhost); 0.0.0.0 for all.")
  private String metricsHost;

  /** Runs a script on the console until its jobs have ended; returns the exit code. */
  int run(Millrace script) throws InterruptedException {
    script.engine(engine);
    applyMetrics(script);
    try (ConsoleRun run = new ConsoleRun(format)) {
      script.run(run);
      return run.stopped() ? ExitCodes.STOPPED : ExitCodes.DONE;
    }
  }

  private void applyMetrics(Millrace script) {
    if (metricsPort != null) {
      script.metricsPort(metricsPort);
    }
    if (metricsHost != null) {
      if (metricsPort == null) {
        throw MillraceException.usage("--metrics-host is only for use with --metrics-port.");
      }
      script.metricsHost(metricsHost);
    }
  }
}
