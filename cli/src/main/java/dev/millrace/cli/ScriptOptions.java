package dev.millrace.cli;

import dev.millrace.api.Millrace;
import dev.millrace.engine.error.MillraceException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command that takes a script has in common. */
final class ScriptOptions {
  @Parameters(
      paramLabel = "FILE",
      description = "A SQL script, or a .json plan that 'millrace compile' made.")
  private Path file;

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

  /** The script with these options applied. */
  Millrace script() {
    Map<String, String> parsed = parsedSettings();
    Millrace script = Millrace.file(file);
    parsed.forEach(script::set);
    return parallelism == null ? script : script.parallelism(parallelism);
  }

  private Map<String, String> parsedSettings() {
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
