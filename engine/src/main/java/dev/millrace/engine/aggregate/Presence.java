package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;

/** Which groups have seen a value that is not null, so that they have a result. */
sealed interface Presence {
  /** The type of the column that holds it. */
  DataType stateType();

  void reserve(int limit);

  void clear(int group);

  /** Notes rows whose values are null where {@code nulls}, which may be null, says so. */
  void add(boolean[] nulls, GroupedRows rows);

  void merge(Vector state, int[] rows, int[] groups, int count);

  Vector state(int[] groups, int count);

  boolean has(int group);

  long bytes();

  /** For each group whether it has no result; null if all have one. */
  default boolean[] nulls(int[] groups, int count) {
    boolean[] nulls = null;
    for (int i = 0; i < count; i++) {
      if (!has(groups[i])) {
        nulls = nulls == null ? new boolean[count] : nulls;
        nulls[i] = true;
      }
    }
    return nulls;
  }

  /** What fits values that are only added, or also taken back. */
  static Presence of(boolean retracting) {
    return retracting ? new Counted() : new Seen();
  }

  /** Values are only added: 1 byte per group. */
  final class Seen implements Presence {
    private boolean[] seen = {};

    @Override
    public DataType stateType() {
      return DataType.of(TypeRoot.BOOLEAN).withNullable(false);
    }

    @Override
    public void reserve(int limit) {
      seen = Arrays.copyOf(seen, limit);
    }

    @Override
    public void clear(int group) {
      seen[group] = false;
    }

    /** Notes a value that is not null. */
    void add(int group) {
      seen[group] = true;
    }

    @Override
    public void add(boolean[] nulls, GroupedRows rows) {
      boolean[] to = seen;
      int[] groups = rows.groups();
      for (int i = 0; i < rows.count(); i++) {
        to[groups[i]] |= nulls == null || !nulls[rows.rows()[i]];
      }
    }

    @Override
    public void merge(Vector state, int[] rows, int[] groups, int count) {
      boolean[] more = ((BooleanVector) state).values();
      for (int i = 0; i < count; i++) {
        seen[groups[i]] |= more[rows[i]];
      }
    }

    @Override
    public Vector state(int[] groups, int count) {
      boolean[] values = new boolean[count];
      for (int i = 0; i < count; i++) {
        values[i] = seen[groups[i]];
      }
      return new BooleanVector(count, values, null);
    }

    @Override
    public boolean has(int group) {
      return seen[group];
    }

    @Override
    public long bytes() {
      return seen.length;
    }
  }

  /** Values are counted: 8 bytes per group. */
  final class Counted implements Presence {
    private final Count count = new Count(true);

    long count(int group) {
      return count.count(group);
    }

    @Override
    public DataType stateType() {
      return count.stateTypes().get(0);
    }

    @Override
    public void reserve(int limit) {
      count.reserve(limit);
    }

    @Override
    public void clear(int group) {
      count.clear(group);
    }

    @Override
    public void add(boolean[] nulls, GroupedRows rows) {
      count.add(nulls, rows);
    }

    @Override
    public void merge(Vector state, int[] rows, int[] groups, int size) {
      count.merge(new Vector[] {state}, rows, groups, size);
    }

    @Override
    public LongVector state(int[] groups, int size) {
      return count.result(groups, size);
    }

    @Override
    public boolean has(int group) {
      return count.count(group) != 0;
    }

    @Override
    public long bytes() {
      return count.bytes();
    }
  }
}
