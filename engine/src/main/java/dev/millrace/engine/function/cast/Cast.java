package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.Vector;

/** The loop that turns the values of a column into another type. */
@FunctionalInterface
interface Cast {
  /** A cast that changes nothing. */
  Cast IDENTITY = (input, count, context) -> input;

  /**
   * Casts the first {@code count} positions of a vector. Nulls stay null, and a value that the
   * target type cannot hold becomes null or is reported to the context; what the result has at the
   * position of a failure does not matter.
   */
  Vector cast(Vector input, int count, CastContext context);

  /** This cast, then another. */
  default Cast then(Cast next) {
    if (this == IDENTITY) {
      return next;
    }
    return next == IDENTITY
        ? this
        : (input, count, context) -> next.cast(cast(input, count, context), count, context);
  }
}
