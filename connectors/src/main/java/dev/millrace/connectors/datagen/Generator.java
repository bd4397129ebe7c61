package dev.millrace.connectors.datagen;

import dev.millrace.engine.batch.Vector;

/**
 * Makes the values of one column. The value of a row depends on the row's number (and, for times,
 * on the clock) alone, so that any reader can make any rows. Immutable and thread-safe.
 */
interface Generator {
  /**
   * The values of the rows with these numbers.
   *
   * @param rows row numbers, at least {@code count} of them
   * @param nowMillis the time, since the epoch
   */
  Vector generate(long[] rows, int count, long nowMillis);

  /** About how many bytes a value takes, so that batches of long values can be kept small. */
  default long bytesPerRow() {
    return Long.BYTES;
  }
}
