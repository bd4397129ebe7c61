package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.Vector;

/** The loop that compares two columns of certain types by one operator. */
@FunctionalInterface
public interface Comparator {
  /** The answer at each of {@code count} positions; undefined where either side is null. */
  boolean[] compare(Vector left, Vector right, int count);
}
