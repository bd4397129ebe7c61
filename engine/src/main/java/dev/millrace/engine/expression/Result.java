package dev.millrace.engine.expression;

import dev.millrace.engine.batch.Positions;

/**
 * Which positions of a column under computation are null, and which have failed.
 *
 * <p>Starts with the nulls of the arguments, which it copies when the first is added.
 */
public final class Result {
  private final Positions rows;
  private final EvaluationContext context;
  private boolean[] nulls;
  private boolean owned;

  /** {@code nulls} may belong to a vector, and is null when there are none. */
  public Result(Positions rows, EvaluationContext context, boolean[] nulls) {
    this.rows = rows;
    this.context = context;
    this.nulls = nulls;
  }

  /** Number of positions to compute. */
  public int count() {
    return rows.count();
  }

  public EvaluationContext context() {
    return context;
  }

  /** True at null positions, or null when there is none; valid until the next change. */
  public boolean[] nulls() {
    return nulls;
  }

  public boolean isNull(int position) {
    return nulls != null && nulls[position];
  }

  public void setNull(int position) {
    if (!owned) {
      nulls = Nulls.copy(nulls, rows.count());
      owned = true;
    }
    nulls[position] = true;
  }

  /**
   * Reports that the value at a position cannot be computed, and makes it null; {@code cause} may
   * be null.
   */
  public void fail(int position, String message, Throwable cause) {
    context.fail(rows.get(position), message, cause);
    setNull(position);
  }
}
