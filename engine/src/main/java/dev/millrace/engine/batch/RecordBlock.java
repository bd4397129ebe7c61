package dev.millrace.engine.batch;

import java.util.Arrays;

/**
 * Encoded records, each a range of one shared array: what a connector hands to a decoder, and an
 * encoder to a connector. Immutable once handed on.
 *
 * <p>A record that is absent (a Kafka tombstone, a missing key) has length {@link #ABSENT}.
 */
public record RecordBlock(byte[] data, int[] starts, int[] lengths, int count) {
  /** The length of a record that is not there, as opposed to an empty one. */
  public static final int ABSENT = -1;

  public boolean isAbsent(int record) {
    return lengths[record] == ABSENT;
  }

  /** A copy of one record's bytes, or null if it is absent. */
  public byte[] copy(int record) {
    return isAbsent(record)
        ? null
        : Arrays.copyOfRange(data, starts[record], starts[record] + lengths[record]);
  }

  /** End of the last byte that any record refers to. */
  public int dataEnd() {
    int end = 0;
    for (int i = 0; i < count; i++) {
      end = Math.max(end, starts[i] + Math.max(0, lengths[i]));
    }
    return end;
  }
}
