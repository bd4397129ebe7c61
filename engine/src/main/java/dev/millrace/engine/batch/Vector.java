package dev.millrace.engine.batch;

/**
 * One column of a batch: values of one storage class plus which of them are null.
 *
 * <p>Immutable once handed on, except by its own builder before that; safe to share between threads
 * after a hand-over that orders memory. A vector may hold more positions than the batch has rows;
 * the batch's row count decides. Arrays are exposed without copying, for loops over them: callers
 * must not write to them. What a value array holds at a null position is undefined, but in bounds.
 */
public abstract sealed class Vector
    permits BooleanVector,
        ByteVector,
        ShortVector,
        IntVector,
        LongVector,
        FloatVector,
        DoubleVector,
        BytesVector,
        DecimalVector,
        TimestampVector,
        ArrayVector,
        MapVector,
        RowVector,
        ObjectVector {
  private final int size;
  private final boolean[] nulls;

  /** {@code nulls} is null when no position is null. */
  Vector(int size, boolean[] nulls) {
    this.size = size;
    this.nulls = nulls;
  }

  /** Number of positions that may be read. */
  public final int size() {
    return size;
  }

  /** True at null positions, or null when there is none. */
  public final boolean[] nulls() {
    return nulls;
  }

  public final boolean isNull(int position) {
    return nulls != null && nulls[position];
  }

  /**
   * A dense vector of the values at the first {@code count} of {@code positions}, in that order.
   */
  public abstract Vector take(int[] positions, int count);

  /** This vector's values with another set of nulls (null for none), sharing the value arrays. */
  public abstract Vector withNulls(boolean[] newNulls);

  final boolean[] takeNulls(int[] positions, int count) {
    if (nulls == null) {
      return null;
    }
    boolean[] taken = new boolean[count];
    boolean any = false;
    for (int i = 0; i < count; i++) {
      boolean isNull = nulls[positions[i]];
      taken[i] = isNull;
      any |= isNull;
    }
    return any ? taken : null;
  }
}
