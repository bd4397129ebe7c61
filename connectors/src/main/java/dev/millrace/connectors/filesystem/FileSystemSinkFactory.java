package dev.millrace.connectors.filesystem;

import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SinkTable;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The {@code filesystem} connector for writing. */
public final class FileSystemSinkFactory implements SinkFactory {
  @Override
  public String identifier() {
    return "filesystem";
  }

  @Override
  public List<Option<?>> options() {
    return FileSystemOptions.ALL;
  }

  @Override
  public Sink sink(SinkTable table) {
    Options options = table.options();
    Path folder = LocalPath.of(options);
    refuseUnsupported(options);
    String formatName = options.require(FileSystemOptions.FORMAT);
    return new FileSink(
        table.name(),
        folder,
        // Random: two runs may write to one folder, and neither may replace the other's files.
        "part-" + UUID.randomUUID(),
        table.encoding(formatName, formatName + ".", table.schema()),
        RollingPolicy.of(options),
        options.find(FileSystemOptions.SINK_PARALLELISM).orElse(0));
  }

  private static void refuseUnsupported(Options options) {
    List<String> reasons = new ArrayList<>();
    for (String name : options.asMap().keySet().stream().sorted().toList()) {
      if (name.startsWith(FileSystemOptions.PARTITION_COMMIT)) {
        reasons.add("option '%s' of %s".formatted(name, options.owner()));
      }
    }
    for (Option<Boolean> option :
        List.of(FileSystemOptions.AUTO_COMPACTION, FileSystemOptions.SHUFFLE_BY_PARTITION)) {
      if (options.get(option)) {
        reasons.add("option '%s' of %s".formatted(option.name(), options.owner()));
      }
    }
    if (!reasons.isEmpty()) {
      throw new UnsupportedException(reasons);
    }
  }
}
