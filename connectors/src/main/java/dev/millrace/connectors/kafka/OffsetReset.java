package dev.millrace.connectors.kafka;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Options;
import java.util.Locale;

/** Where to go on when an offset is not there (any more); values of {@code auto.offset.reset}. */
enum OffsetReset {
  EARLIEST,
  LATEST,
  NONE;

  /** What the startup mode implies; only {@code group-offsets} leaves it to the user. */
  static OffsetReset of(StartupMode mode, KafkaConnection connection, Options options) {
    return switch (mode) {
      case EARLIEST_OFFSET, SPECIFIC_OFFSETS -> EARLIEST;
      case LATEST_OFFSET, TIMESTAMP -> LATEST;
      case GROUP_OFFSETS -> parse(connection.property("auto.offset.reset"), options);
    };
  }

  private static OffsetReset parse(String text, Options options) {
    return switch (text == null ? "none" : text.trim().toLowerCase(Locale.ROOT)) {
      case "earliest" -> EARLIEST;
      case "latest" -> LATEST;
      case "none" -> NONE;
      default ->
          throw MillraceException.usage(
              ("Option 'properties.auto.offset.reset' of %s has the value '%s', which is not valid:"
                      + " expected one of earliest, latest, none.")
                  .formatted(options.owner(), text));
    };
  }
}
