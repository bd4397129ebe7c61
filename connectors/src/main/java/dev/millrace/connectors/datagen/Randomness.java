package dev.millrace.connectors.datagen;

/**
 * Random numbers by position: the {@code n}-th number of a sequence without those before it.
 *
 * <p>SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014),
 * whose state after n steps is the seed plus n times a constant.
 */
final class Randomness {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;
  private static final double UNIT_53 = 0x1.0p-53;

  private Randomness() {}

  /** A seed for what this name stands for. */
  static long seed(String name) {
    long seed = 0;
    for (int i = 0; i < name.length(); i++) {
      seed = at(seed + name.charAt(i), i);
    }
    return seed;
  }

  /** The number at a position: all 64 bits are random. */
  static long at(long seed, long position) {
    long mixed = seed + (position + 1) * GAMMA;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Scales a random number to 0 up to, but not including, {@code bound}; all values if it is 0. */
  static long below(long random, long bound) {
    return bound == 0 ? random : unsignedMultiplyHigh(random, bound);
  }

  /** Scales a random number to 0 (inclusive) to 1 (exclusive). */
  static double unit(long random) {
    return (random >>> 11) * UNIT_53;
  }

  private static long unsignedMultiplyHigh(long a, long b) {
    return Math.multiplyHigh(a, b) + ((a >> 63) & b) + ((b >> 63) & a);
  }
}
