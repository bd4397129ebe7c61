package dev.millrace.engine.expression;

import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Vector;

/** Null bits of computed columns: arrays that are true at null positions, or null for none. */
public final class Nulls {
  private Nulls() {}

  /**
   * Where at least one of the vectors is null, among the first {@code count} positions. The array
   * may be a vector's own: not to be written to.
   */
  public static boolean[] any(int count, Vector... vectors) {
    boolean[] first = null;
    boolean[] merged = null;
    for (Vector vector : vectors) {
      boolean[] nulls = vector.nulls();
      if (nulls == null || nulls == first) {
        continue;
      }
      if (first == null) {
        first = nulls;
      } else {
        merged = merged == null ? copy(first, count) : merged;
        or(merged, nulls, count);
      }
    }
    return merged == null ? first : merged;
  }

  /** A copy of the first {@code count} bits, which may be written to; of null, all false. */
  public static boolean[] copy(boolean[] nulls, int count) {
    boolean[] copy = new boolean[count];
    if (nulls != null) {
      System.arraycopy(nulls, 0, copy, 0, count);
    }
    return copy;
  }

  /** A field of rows, null also where its row is, as far as the first {@code count} positions. */
  public static Vector field(RowVector rows, int index, int count) {
    Vector field = rows.field(index);
    boolean[] rowNulls = rows.nulls();
    if (rowNulls == null) {
      return field;
    }
    // The field may have more positions than are asked for, which keep their nulls.
    boolean[] nulls = copy(field.nulls(), field.size());
    or(nulls, rowNulls, count);
    return field.withNulls(nulls);
  }

  private static void or(boolean[] into, boolean[] nulls, int count) {
    for (int i = 0; i < count; i++) {
      into[i] |= nulls[i];
    }
  }
}
