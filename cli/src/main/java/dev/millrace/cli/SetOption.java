package dev.millrace.cli;

import dev.millrace.engine.error.MillraceException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** Settings on the command line. */
final class SetOption {
  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting, as SET 'KEY' = 'VALUE' in the script makes it; may be repeated.")
  private List<String> settings = List.of();

  /** A user's error if one of them has not the right form. */
  Map<String, String> parsed() {
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
