package dev.millrace.engine.key;

/**
 * Deals keys out to key groups, and key groups to parallel instances.
 *
 * <p>Both are Flink's own functions (its {@code KeyGroupRangeAssignment}), so that state by key
 * group means the same there and here.
 */
public final class KeyGroups {
  /** The number of key groups, the limit of the parallelism: Flink's default. */
  public static final int COUNT = 128;

  private KeyGroups() {}

  /** The key group of a key's hash (see {@link KeyHash}). */
  public static int of(int keyHash) {
    int mixed = Murmur.finish(Murmur.mix(0, keyHash), Integer.BYTES);
    if (mixed == Integer.MIN_VALUE) {
      return 0;
    }
    return Math.abs(mixed) % COUNT;
  }

  /** The parallel instance, out of {@code parallelism}, that owns a key group. */
  public static int instance(int keyGroup, int parallelism) {
    return keyGroup * parallelism / COUNT;
  }
}
