package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.type.DataType;

/**
 * Joins rows of a batch with rows kept of the other input, where nothing is ever taken back. Not
 * thread-safe.
 */
final class InsertJoin {
  /** The rows kept of an input, by slots. */
  interface Kept {
    Vector[] rows(int[] slots, int count);

    /** Notes that the kept rows of the pairs have a match. */
    void mark(Pairs matches);
  }

  private static final byte INSERT = RowKind.INSERT.code();

  private final JoinSpec spec;
  private final OperatorContext context;
  private final Pairs pairs;
  private final JoinedRows joined;
  private int input;
  private Vector[] columns;
  private Kept other;
  private boolean[] matched;

  InsertJoin(JoinSpec spec, JoinCondition condition, OperatorContext context) {
    this.spec = spec;
    this.context = context;
    this.pairs = new Pairs(condition);
    this.joined = new JoinedRows(spec);
  }

  /** Starts with so many rows of an input. */
  void begin(int newInput, Vector[] newColumns, int rows, Kept newOther) {
    input = newInput;
    columns = newColumns;
    other = newOther;
    matched = new boolean[rows];
  }

  /** Adds a pair that may match. */
  void add(int row, int slot) {
    pairs.add(row, slot);
    if (pairs.isFull()) {
      join();
    }
  }

  /** Emits the rest of the pairs that match; returns which rows have a match. */
  boolean[] end() {
    join();
    columns = null;
    other = null;
    return matched;
  }

  private void join() {
    if (pairs.count() == 0) {
      return;
    }
    Vector[] kept = other.rows(pairs.slots(), pairs.slotCount());
    pairs.filter(input == 0, columns, kept, spec, context);
    other.mark(pairs);
    int[] rows = pairs.rows();
    int[] indexes = pairs.indexes();
    for (int i = 0; i < pairs.count(); i++) {
      matched[rows[i]] = true;
    }
    if (!spec.type().isLeftOnly()) {
      for (int i = 0; i < pairs.count(); i++) {
        joined.add(input, rows[i], indexes[i], INSERT);
      }
      emit(input == 0 ? joined.build(columns, kept) : joined.build(kept, columns));
    }
    pairs.clear();
  }

  /** Emits rows of an input without the other, padded with nulls unless only the left is wanted. */
  void emitAlone(int from, Vector[] rowColumns, Positions rows) {
    int leftCount = spec.left().children().size();
    int rightCount = spec.type().isLeftOnly() ? 0 : spec.right().children().size();
    Vector[] padded = new Vector[leftCount + rightCount];
    for (int i = 0; i < padded.length; i++) {
      boolean isLeft = i < leftCount;
      int column = isLeft ? i : i - leftCount;
      if (isLeft == (from == 0)) {
        padded[i] = rows.take(rowColumns[column]);
      } else {
        DataType type = spec.row(1 - from).child(column);
        padded[i] = Vectors.allNull(type, rows.count());
      }
    }
    emit(new Batch(rows.count(), padded));
  }

  private void emit(Batch batch) {
    if (batch.rowCount() > 0) {
      context.output().emit(batch);
    }
  }
}
