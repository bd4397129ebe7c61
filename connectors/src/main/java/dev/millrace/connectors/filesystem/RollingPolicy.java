package dev.millrace.connectors.filesystem;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.time.Duration;

/**
 * When a part file is complete.
 *
 * @param fileBytes a file that has more than this gets no further row
 * @param rolloverMillis the longest that a file is written to
 * @param inactivityMillis the longest that a file waits for its next row
 * @param checkMillis how often to look at the two times
 */
record RollingPolicy(long fileBytes, long rolloverMillis, long inactivityMillis, long checkMillis) {

  static RollingPolicy of(Options options) {
    return new RollingPolicy(
        positive(options, FileSystemOptions.FILE_SIZE, options.get(FileSystemOptions.FILE_SIZE)),
        millis(options, FileSystemOptions.ROLLOVER_INTERVAL),
        millis(options, FileSystemOptions.INACTIVITY_INTERVAL),
        millis(options, FileSystemOptions.CHECK_INTERVAL));
  }

  private static long millis(Options options, Option<Duration> option) {
    return positive(options, option, options.get(option).toMillis());
  }

  private static long positive(Options options, Option<?> option, long value) {
    if (value <= 0) {
      throw MillraceException.usage(
          "Option '%s' of %s must be greater than 0.".formatted(option.name(), options.owner()));
    }
    return value;
  }

  /** Whether time alone completes a file. */
  boolean due(long nowMillis, long createdMillis, long writtenMillis) {
    return nowMillis - createdMillis >= rolloverMillis
        || nowMillis - writtenMillis >= inactivityMillis;
  }
}
