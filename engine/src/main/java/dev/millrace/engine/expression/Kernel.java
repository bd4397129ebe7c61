package dev.millrace.engine.expression;

import dev.millrace.engine.batch.Vector;

/**
 * The loop of a strict function, one that is null where any argument is; see {@link StrictCall}.
 */
@FunctionalInterface
public interface Kernel {
  /**
   * Computes {@code result.count()} positions and returns a vector with {@code result.nulls()},
   * read after the loop.
   *
   * <p>What an argument holds at a null position is undefined: a kernel that could fail there, or
   * is dear, skips where {@link Result#isNull}.
   */
  Vector compute(Vector[] arguments, Result result);
}
