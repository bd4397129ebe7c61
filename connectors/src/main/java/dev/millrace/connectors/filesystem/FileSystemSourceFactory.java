package dev.millrace.connectors.filesystem;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.format.DecodingFormat;
import dev.millrace.engine.format.Framing;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The {@code filesystem} connector for reading. */
public final class FileSystemSourceFactory implements SourceFactory {
  /** Small enough for all readers to have work, large enough for a range's start not to matter. */
  private static final long RANGE_BYTES = 16L << 20;

  private final long rangeBytes;

  /** Found by {@link java.util.ServiceLoader}. */
  public FileSystemSourceFactory() {
    this(RANGE_BYTES);
  }

  FileSystemSourceFactory(long rangeBytes) {
    this.rangeBytes = rangeBytes;
  }

  @Override
  public String identifier() {
    return "filesystem";
  }

  @Override
  public List<Option<?>> options() {
    return FileSystemOptions.ALL;
  }

  @Override
  public Source source(SourceTable table) {
    Options options = table.options();
    Path path = LocalPath.of(options);
    refuseUnreadable(path, options);
    String formatName = options.require(FileSystemOptions.FORMAT);
    DecodingFormat format = table.decoding(formatName, formatName + ".");
    return new FileSource(
        table.name(),
        path,
        pattern(options),
        monitorInterval(options),
        mayBeCut(format) ? rangeBytes : Long.MAX_VALUE,
        format,
        table.projectedRow(),
        table.metadata().stream()
            .map(field -> FileMetadata.of(field.name(), table.name()))
            .toList(),
        table.limit());
  }

  private static void refuseUnreadable(Path path, Options options) {
    Compression compression = Compression.of(String.valueOf(path.getFileName()));
    if (!compression.supported()) {
      throw new UnsupportedException(
          "%s-compressed file %s of %s".formatted(compression.title(), path, options.owner()));
    }
  }

  private static Pattern pattern(Options options) {
    String pattern = options.get(FileSystemOptions.PATH_PATTERN);
    try {
      return pattern == null ? null : Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw MillraceException.usage(
          "Option '%s' of %s is not a regular expression: %s."
              .formatted(
                  FileSystemOptions.PATH_PATTERN.name(), options.owner(), e.getDescription()),
          e);
    }
  }

  private static Duration monitorInterval(Options options) {
    Duration interval = options.get(FileSystemOptions.MONITOR_INTERVAL);
    if (interval != null && interval.compareTo(Duration.ZERO) <= 0) {
      throw MillraceException.usage(
          "Option '%s' of %s must be greater than 0."
              .formatted(FileSystemOptions.MONITOR_INTERVAL.name(), options.owner()));
    }
    return interval;
  }

  /** Header lines beyond the first might lie in the second range of a file cut small. */
  private static boolean mayBeCut(DecodingFormat format) {
    return format.framing() == Framing.LINES && format.headerLines() <= 1;
  }
}
