package dev.millrace.cli;

import dev.millrace.api.Millrace;
import dev.millrace.engine.error.MillraceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Settings of a script that are made on the command line. */
final class SettingOptions {
  @Option(
      names = "--parallelism",
      paramLabel = "N",
      description = "Parallel instances (default: the cores).")
  private Integer parallelism;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting, as SET 'KEY' = 'VALUE' in the script makes it; may be repeated.")
  private List<String> settings = List.of();

  /** The script with these settings. */
  Millrace applyTo(Millrace script) {
    parsedSettings().forEach(script::set);
    return parallelism == null ? script : script.parallelism(parallelism);
  }

  /** A user's error if one of them has not the right form. */
  Map<String, String> parsedSettings() {
    Map<String, String> parsed = new LinkedHashMap<>();
    for (String setting : settings) {
      int equals = setting.indexOf('=');
      if (equals <= 0) {
        throw MillraceException.usage("--set '" + setting + "' is not of the form KEY=VALUE.");
      }
      parsed.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    return parsed;
  }
}
