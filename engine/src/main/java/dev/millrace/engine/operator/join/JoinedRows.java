package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/** Up to some thousand rows that a join delivers, by where their two halves are to be found. */
final class JoinedRows {
  private static final int MAX = 4096;
  private static final int NULLS = -1;

  private final JoinSpec spec;
  private final int[][] halves = {new int[MAX], new int[MAX]};
  private final byte[] kinds = new byte[MAX];
  private int count;
  private boolean insertOnly = true;

  JoinedRows(JoinSpec spec) {
    this.spec = spec;
  }

  /** Adds a pair: the position of one input's row, and that of the other's. */
  void add(int input, int position, int otherPosition, byte kind) {
    halves[input][count] = position;
    halves[1 - input][count] = otherPosition;
    kinds[count++] = kind;
    insertOnly &= kind == RowKind.INSERT.code();
  }

  /** Adds a row of one input, the other half being null or not delivered at all. */
  void addAlone(int input, int position, byte kind) {
    add(input, position, NULLS, kind);
  }

  boolean isFull() {
    return count == MAX;
  }

  /**
   * The rows added since the last call. Columns of an input may be null if no row was taken from
   * it.
   */
  Batch build(Vector[] left, Vector[] right) {
    int leftCount = spec.left().children().size();
    int rightCount = spec.type().isLeftOnly() ? 0 : spec.right().children().size();
    Vector[] columns = new Vector[leftCount + rightCount];
    if (count > 0) {
      for (int i = 0; i < leftCount; i++) {
        columns[i] = half(0, left, i);
      }
      for (int i = 0; i < rightCount; i++) {
        columns[leftCount + i] = half(1, right, i);
      }
    }
    byte[] builtKinds = insertOnly ? null : Arrays.copyOf(kinds, count);
    Batch batch = count == 0 ? new Batch(0) : new Batch(count, columns, builtKinds);
    count = 0;
    insertOnly = true;
    return batch;
  }

  private Vector half(int input, Vector[] columns, int column) {
    DataType type = spec.row(input).child(column);
    return columns == null
        ? Vectors.allNull(type, count)
        : Vectors.takeOrNull(columns[column], type, halves[input], count);
  }
}
