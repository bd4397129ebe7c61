package dev.millrace.formats.json;

/**
 * Decimal digits in a word of eight bytes, the first in the lowest byte.
 *
 * <p>After Daniel Lemire, Quickly parsing eight digits (2018), extended to any number of them.
 */
final class DigitWords {
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;
  private static final long NIBBLES = 0x0F0F0F0F0F0F0F0FL;

  private DigitWords() {}

  /** How many bytes, from the lowest on, are digits. */
  static int count(long word) {
    // A byte above '9' overflows into its high bit by the sum, one below '0' by the difference.
    // Carries reach only bytes behind such a one, which no longer matter.
    long others = ((word + (0x7F - '9') * ONES) | (word - '0' * ONES)) & HIGH_BITS;
    return Long.numberOfTrailingZeros(others) >>> 3;
  }

  /** The number that the lowest {@code digits} bytes write; 0 if there are none. */
  static long value(long word, int digits) {
    if (digits == 0) {
      return 0;
    }
    long aligned = word << (Long.SIZE - digits * Byte.SIZE);
    long pairs = ((aligned & NIBBLES) * (1 + (10 << 8))) >>> 8;
    long fours = ((pairs & 0x00FF00FF00FF00FFL) * (1 + (100 << 16))) >>> 16;
    return ((fours & 0x0000FFFF0000FFFFL) * (1 + (10_000L << 32))) >>> 32;
  }
}
