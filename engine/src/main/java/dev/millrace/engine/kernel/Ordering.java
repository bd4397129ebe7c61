package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.Vector;

/** The loop that compares two columns of one type by its total order. */
@FunctionalInterface
public interface Ordering {
  /** Negative, zero or positive at each of {@code count} positions; undefined at nulls. */
  int[] compare(Vector left, Vector right, int count);
}
