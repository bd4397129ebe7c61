package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.operator.NestedValues.Broken;
import dev.millrace.engine.type.DataType;

/** Keeps nulls out of what is NOT NULL in a sink's rows: reports such a row or drops it. */
public final class NotNullEnforcer extends StatelessOperator {
  private static final NestedValues.Constraint NOT_NULL =
      new NestedValues.Constraint() {
        @Override
        public boolean concerns(DataType type) {
          return !type.nullable();
        }

        @Override
        public boolean isBroken(DataType type, Vector vector, int position) {
          return !type.nullable() && vector.isNull(position);
        }
      };

  private final DataType rowType;
  private final NestedValues nested;
  private final boolean drop;
  private final String table;

  /** {@code rowType} is the sink's; {@code drop} instead of reporting a row. */
  public NotNullEnforcer(DataType rowType, ConstraintDepth depth, boolean drop, String table) {
    this.rowType = rowType;
    this.nested = new NestedValues(depth, NOT_NULL);
    this.drop = drop;
    this.table = table;
  }

  /** Whether values of a column's type, or what is in them, can break the constraint. */
  public static boolean concerns(DataType type, ConstraintDepth depth) {
    return NOT_NULL.concerns(type) || new NestedValues(depth, NOT_NULL).concern(type);
  }

  @Override
  public void process(int input, Batch batch) {
    boolean[] broken = new boolean[batch.rowCount()];
    for (int i = 0; i < rowType.children().size(); i++) {
      DataType type = rowType.child(i);
      if (!type.nullable()) {
        checkColumn(batch, i, broken);
      }
      if (nested.concern(type)) {
        checkWithin(batch, i, broken);
      }
    }
    emit(RowFailures.others(batch, broken));
  }

  private void checkColumn(Batch batch, int column, boolean[] broken) {
    boolean[] nulls = batch.column(column).nulls();
    for (int row = 0; nulls != null && row < broken.length; row++) {
      if (nulls[row] && !broken[row]) {
        broken[row] = true;
        refuse(batch, row, column, "");
      }
    }
  }

  private void checkWithin(Batch batch, int column, boolean[] broken) {
    for (int row = 0; row < broken.length; row++) {
      Broken value = nested.find(rowType.child(column), batch.column(column), row);
      if (value != null && !broken[row]) {
        broken[row] = true;
        refuse(batch, row, column, value.path());
      }
    }
  }

  private void refuse(Batch batch, int row, int column, String path) {
    if (drop) {
      context().errors().skip(FailedAt.SINK, null);
      return;
    }
    String message =
        ("Table '%s': Column '%s' is NOT NULL, however, a null value is being written into it."
                + " You can set job configuration 'table.exec.sink.not-null-enforcer'='DROP' to"
                + " suppress this exception and drop such records silently.")
            .formatted(table, rowType.children().get(column).name() + path);
    context().errors().reject(FailedAt.SINK, 0, batch, row, message, null);
  }
}
