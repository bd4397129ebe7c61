package dev.millrace.cli;

import dev.millrace.api.Engine;
import dev.millrace.api.Millrace;
import dev.millrace.cli.rows.RowFormat;
import dev.millrace.engine.error.MillraceException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
  @Mixin private ScriptOptions options;

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
      names = "--resume",
      description = {
        "Goes on from the newest good checkpoint of this job's name ('pipeline.name');",
        "from the beginning if there is none."
      })
  private boolean resume;

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

  @Override
  public Integer call() throws InterruptedException {
    Millrace script = options.script().engine(engine).resume(resume);
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
