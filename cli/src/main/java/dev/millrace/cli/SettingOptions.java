package dev.millrace.cli;

import dev.millrace.api.Millrace;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Settings of a script that are made on the command line. */
final class SettingOptions {
  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel instances (default: the cores).")
  private Integer parallelism;

  @Mixin private SetOption set;

  /** The script with these settings. */
  Millrace applyTo(Millrace script) {
    parsedSettings().forEach(script::set);
    return parallelism == null ? script : script.parallelism(parallelism);
  }

  /** A user's error if one of them has not the right form. */
  Map<String, String> parsedSettings() {
    return set.parsed();
  }
}
