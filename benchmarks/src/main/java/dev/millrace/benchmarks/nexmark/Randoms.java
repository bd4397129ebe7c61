package dev.millrace.benchmarks.nexmark;

/**
 * Random numbers that depend on the event's number alone, so that any event can be made by itself.
 * SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). Not thread-safe.
 */
final class Randoms {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  void seed(long event) {
    state = mix(event + 1);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  long nextLong() {
    state += GAMMA;
    return mix(state);
  }

  /** From 0 to {@code bound - 1}. */
  int nextInt(int bound) {
    return (int) (((nextLong() >>> 32) * bound) >>> 32);
  }

  /** From 0 to {@code bound - 1}. */
  long nextLong(long bound) {
    return Long.remainderUnsigned(nextLong(), bound);
  }

  double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }
}
