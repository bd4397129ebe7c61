package dev.millrace.connectors.filesystem;

import dev.millrace.engine.option.Option;
import java.time.Duration;
import java.util.List;

/** The options of the {@code filesystem} connector, with Flink's names and defaults. */
final class FileSystemOptions {
  static final Option<String> PATH = Option.text("path");
  static final Option<String> FORMAT = Option.text("format");
  static final Option<Duration> MONITOR_INTERVAL = Option.duration("source.monitor-interval", null);
  static final Option<String> PATH_PATTERN = Option.text("source.path.regex-pattern");
  static final Option<Long> FILE_SIZE = Option.memory("sink.rolling-policy.file-size", 128L << 20);
  static final Option<Duration> ROLLOVER_INTERVAL =
      Option.duration("sink.rolling-policy.rollover-interval", Duration.ofMinutes(30));
  static final Option<Duration> INACTIVITY_INTERVAL =
      Option.duration("sink.rolling-policy.inactivity-interval", Duration.ofMinutes(30));
  static final Option<Duration> CHECK_INTERVAL =
      Option.duration("sink.rolling-policy.check-interval", Duration.ofMinutes(1));
  static final Option<Integer> SINK_PARALLELISM = Option.integer("sink.parallelism", null);
  static final Option<Boolean> AUTO_COMPACTION = Option.bool("auto-compaction", false);
  static final Option<Boolean> SHUFFLE_BY_PARTITION =
      Option.bool("sink.shuffle-by-partition.enable", false);

  /** A prefix of options that the native sink does not carry out. */
  static final String PARTITION_COMMIT = "sink.partition-commit.";

  /** A table may be read and written, so both sides know the options of both. */
  static final List<Option<?>> ALL =
      List.of(
          PATH,
          FORMAT,
          MONITOR_INTERVAL,
          PATH_PATTERN,
          FILE_SIZE,
          ROLLOVER_INTERVAL,
          INACTIVITY_INTERVAL,
          CHECK_INTERVAL,
          SINK_PARALLELISM,
          AUTO_COMPACTION,
          SHUFFLE_BY_PARTITION,
          Option.prefix(PARTITION_COMMIT),
          Option.memory("compaction.file-size", null),
          Option.integer("compaction.parallelism", null),
          // Planning hints and partition settings mean nothing to a table without partitions.
          Option.text("source.report-statistics"),
          Option.text("partition.default-name"),
          Option.prefix("partition.time-extractor."));

  private FileSystemOptions() {}
}
