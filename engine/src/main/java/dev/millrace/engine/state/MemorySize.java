package dev.millrace.engine.state;

/**
 * What objects take in memory, about: on a 64-bit JVM with compressed references, which is any with
 * a heap of less than 32 GB. For what is there in large numbers; nobody counts single objects.
 */
public final class MemorySize {
  /** A reference to an object. */
  public static final int REFERENCE = 4;

  private static final int ARRAY_HEADER = 16;
  private static final int ALIGNMENT = 8;

  private MemorySize() {}

  /** An {@code int[]} that belongs to a key or group; those shared by all empty ones are free. */
  public static long ofInts(int[] array) {
    return ofArray(Integer.BYTES, array.length);
  }

  /** Like {@link #ofInts}. */
  public static long ofLongs(long[] array) {
    return ofArray(Long.BYTES, array.length);
  }

  private static long ofArray(int element, int length) {
    return length == 0
        ? 0
        : ARRAY_HEADER + ((long) element * length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
