package dev.millrace.benchmarks.checksum;

/**
 * Hashes rows alike whichever engine holds them. The checksum of a table is the sum of its rows'
 * hashes, so that the order does not matter.
 */
final class RowHash {
  static final long START = 0x243F6A8885A308D3L;
  static final long NULL = 0x13198A2E03707344L;

  private RowHash() {}

  /** The hash of a row so far and one more value. */
  static long combine(long hash, long value) {
    long mixed = (hash ^ value) * 0x9E3779B97F4A7C15L;
    return mixed ^ (mixed >>> 32);
  }

  /** The value of a byte string. */
  static long bytes(byte[] data, int start, int length) {
    long hash = length;
    for (int i = start; i < start + length; i++) {
      hash = hash * 0x100000001B3L ^ data[i];
    }
    return hash;
  }

  /** The value of a time stamp. */
  static long timestamp(long millis, int nanosOfMilli) {
    return millis * 1_000_000 + nanosOfMilli;
  }

  /** The value of an unscaled decimal, as a 128-bit number. */
  static long decimal(long high, long low) {
    return combine(high, low);
  }
}
