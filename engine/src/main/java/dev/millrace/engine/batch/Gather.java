package dev.millrace.engine.batch;

/** Copies array elements by position. */
final class Gather {
  private Gather() {}

  static int[] take(int[] from, int[] positions, int count) {
    int[] taken = new int[count];
    for (int i = 0; i < count; i++) {
      taken[i] = from[positions[i]];
    }
    return taken;
  }

  static long[] take(long[] from, int[] positions, int count) {
    long[] taken = new long[count];
    for (int i = 0; i < count; i++) {
      taken[i] = from[positions[i]];
    }
    return taken;
  }
}
