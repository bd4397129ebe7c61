package dev.millrace.connectors.filesystem;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Options;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the {@code path} option: a local path or a {@code file:} URI. */
final class LocalPath {
  private static final Pattern URI = Pattern.compile("(\\p{Alpha}[\\p{Alnum}+.-]+):(//([^/]*))?.*");

  private LocalPath() {}

  /** The absolute path; a relative one starts at the working directory. */
  static Path of(Options options) {
    String text = options.require(FileSystemOptions.PATH);
    Matcher uri = URI.matcher(text);
    if (uri.matches()) {
      if (!uri.group(1).equalsIgnoreCase("file")) {
        throw new UnsupportedException(
            "path '%s' of %s (the native engine reads and writes local files only)"
                .formatted(text, options.owner()));
      }
      if (uri.group(3) != null && !uri.group(3).isEmpty()) {
        throw MillraceException.usage(
            "Path '%s' of %s names the host '%s'; write file:///folder for a local path."
                .formatted(text, options.owner(), uri.group(3)));
      }
      text = text.substring("file:".length() + (uri.group(2) == null ? 0 : 2));
    }
    try {
      return Path.of(text).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      throw MillraceException.usage(
          "Path '%s' of %s is not valid: %s.".formatted(text, options.owner(), e.getReason()), e);
    }
  }
}
