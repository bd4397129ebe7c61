package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.Vector;

/** An accumulator that can tell results between the rows that it adds. */
interface RunningAccumulator extends Accumulator {
  /** Whether it can for its types. */
  default boolean runs() {
    return true;
  }

  /**
   * Adds rows, or takes them back, like {@link #add}; gives the result of its group after each row
   * where {@code read} is true, in their order.
   */
  Vector run(Vector[] arguments, GroupedRows rows, boolean[] read);
}
