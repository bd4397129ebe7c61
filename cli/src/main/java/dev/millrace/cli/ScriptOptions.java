package dev.millrace.cli;

import dev.millrace.api.Millrace;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What every command that takes a script has in common. */
final class ScriptOptions {
  @Parameters(
      paramLabel = "FILE",
      description = "A SQL script, or a .json plan that 'millrace compile' made.")
  private Path file;

  @Mixin private SettingOptions settings;

  /** The script with these options applied. */
  Millrace script() {
    // Told first, as it is on the command line, not in a file.
    settings.parsedSettings();
    return settings.applyTo(Millrace.file(file));
  }
}
