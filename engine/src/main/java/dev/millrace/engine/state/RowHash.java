package dev.millrace.engine.state;

/**
 * Hashes byte strings for tables in memory, eight bytes at a time; not for anything that is kept.
 * Mixing as in the finisher of MurmurHash3 for 64 bits (Austin Appleby, public domain).
 */
final class RowHash {
  private static final long SEED = 0x9E3779B97F4A7C15L;

  private RowHash() {}

  static int hash(byte[] data, int start, int length) {
    long h = SEED ^ length;
    int at = start;
    int end = start + length;
    for (; at <= end - Long.BYTES; at += Long.BYTES) {
      h = mix(h ^ (long) ValueBytes.LONG.get(data, at));
    }
    long rest = 0;
    for (int shift = 0; at < end; at++, shift += Byte.SIZE) {
      rest |= (data[at] & 0xFFL) << shift;
    }
    h = mix(h ^ rest);
    return (int) (h ^ h >>> 32);
  }

  private static long mix(long value) {
    long h = (value ^ value >>> 32) * 0xff51afd7ed558ccdL;
    return h ^ h >>> 29;
  }
}
