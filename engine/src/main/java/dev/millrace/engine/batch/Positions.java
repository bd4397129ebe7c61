package dev.millrace.engine.batch;

/** Which rows of a batch are meant: all of the first {@code count}, or those listed, ascending. */
public final class Positions {
  private final int count;
  private final int[] indexes;

  private Positions(int count, int[] indexes) {
    this.count = count;
    this.indexes = indexes;
  }

  /** The rows 0 to {@code count - 1}. */
  public static Positions all(int count) {
    return new Positions(count, null);
  }

  /** The rows at the first {@code count} of {@code indexes}; the array must not change any more. */
  public static Positions of(int[] indexes, int count) {
    return new Positions(count, indexes);
  }

  /** The rows 0 to {@code count - 1}, listed. */
  public static int[] list(int count) {
    int[] rows = new int[count];
    for (int row = 0; row < count; row++) {
      rows[row] = row;
    }
    return rows;
  }

  public int count() {
    return count;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Whether these are the rows 0 to {@code count - 1}, so that nothing need be gathered. */
  public boolean isDense() {
    return indexes == null;
  }

  /** The listed rows, or null when dense. */
  public int[] indexes() {
    return indexes;
  }

  /** The row that stands at {@code i} of these positions. */
  public int get(int i) {
    return indexes == null ? i : indexes[i];
  }

  /** Those of the rows 0 to {@code size - 1} that are not among these. */
  public int[] others(int size) {
    int[] others = new int[size - count];
    int next = 0;
    int n = 0;
    for (int row = 0; n < others.length; row++) {
      if (next < count && get(next) == row) {
        next++;
      } else {
        others[n++] = row;
      }
    }
    return others;
  }

  /** The rows at those of these positions where {@code keep} is true and not null. */
  public Positions select(BooleanVector keep) {
    boolean[] values = keep.values();
    boolean[] nulls = keep.nulls();
    int[] selected = new int[count];
    int n = 0;
    for (int i = 0; i < count; i++) {
      if (values[i] && (nulls == null || !nulls[i])) {
        selected[n++] = indexes == null ? i : indexes[i];
      }
    }
    return n == count ? this : of(selected, n);
  }

  /** The rows at the first {@code n} of {@code within}, which are places in these positions. */
  public Positions compose(int[] within, int n) {
    if (indexes == null) {
      return of(within, n);
    }
    return of(Gather.take(indexes, within, n), n);
  }

  /** The values of a vector at these rows, dense: the vector itself where nothing moves. */
  public Vector take(Vector vector) {
    return indexes == null ? vector : vector.take(indexes, count);
  }
}
