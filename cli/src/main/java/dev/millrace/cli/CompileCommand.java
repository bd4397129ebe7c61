package dev.millrace.cli;

import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "compile",
    description = "Plans a SQL script and saves the plan, which then runs without the planner.",
    footer = {"", "Example:", "  millrace compile examples/sensor_file.sql -o sensor.plan.json"})
final class CompileCommand implements Runnable {
  @Mixin private ScriptOptions options;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "FILE.plan.json",
      description = "Where the plan goes.")
  private Path output;

  @Override
  public void run() {
    options.script().compile(output);
  }
}
