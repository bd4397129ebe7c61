package dev.millrace.engine.batch;

import java.util.Arrays;

/**
 * Collects how rows that are at hand before and after a change differ, and builds the batch that
 * says so: first the rows that are gone, then those that came. Rows are named by their position in
 * the vectors given to {@link #build}. Not thread-safe.
 */
public final class Changelog {
  private final boolean updateBefore;
  private final int[] gone;
  private final byte[] goneKinds;
  private final int[] came;
  private final byte[] cameKinds;
  private int goneCount;
  private int cameCount;

  /** For at most {@code capacity} changes; {@code updateBefore} says whether -U rows are wanted. */
  public Changelog(int capacity, boolean updateBefore) {
    this.updateBefore = updateBefore;
    this.gone = new int[capacity];
    this.goneKinds = new byte[capacity];
    this.came = new int[capacity];
    this.cameKinds = new byte[capacity];
  }

  public void insert(int position) {
    cameKinds[cameCount] = RowKind.INSERT.code();
    came[cameCount++] = position;
  }

  public void update(int position) {
    update(position, position);
  }

  /** An update whose rows stand at different positions. */
  public void update(int before, int after) {
    if (updateBefore) {
      goneKinds[goneCount] = RowKind.UPDATE_BEFORE.code();
      gone[goneCount++] = before;
    }
    cameKinds[cameCount] = RowKind.UPDATE_AFTER.code();
    came[cameCount++] = after;
  }

  public void delete(int position) {
    goneKinds[goneCount] = RowKind.DELETE.code();
    gone[goneCount++] = position;
  }

  /**
   * The changes: rows of the {@code shared} columns followed by those of {@code before} for rows
   * that are gone, and by those of {@code after}, which has as many, for rows that came.
   */
  public Batch build(Vector[] shared, Vector[] before, Vector[] after) {
    Vector[] columns = new Vector[shared.length + after.length];
    for (int i = 0; i < columns.length; i++) {
      boolean same = i < shared.length;
      Vector old = same ? shared[i] : before[i - shared.length];
      Vector current = same ? shared[i] : after[i - shared.length];
      columns[i] = column(old, current);
    }
    return new Batch(goneCount + cameCount, columns, kinds());
  }

  private Vector column(Vector old, Vector current) {
    if (goneCount == 0) {
      return current.take(came, cameCount);
    }
    if (cameCount == 0) {
      return old.take(gone, goneCount);
    }
    return Vectors.concat(
        new Vector[] {old.take(gone, goneCount), current.take(came, cameCount)},
        new int[] {goneCount, cameCount});
  }

  private byte[] kinds() {
    byte[] kinds = Arrays.copyOf(goneKinds, goneCount + cameCount);
    System.arraycopy(cameKinds, 0, kinds, goneCount, cameCount);
    boolean insertOnly = true;
    for (byte kind : kinds) {
      insertOnly &= kind == RowKind.INSERT.code();
    }
    return insertOnly ? null : kinds;
  }
}
