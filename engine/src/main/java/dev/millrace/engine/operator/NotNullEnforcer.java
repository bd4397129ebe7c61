package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.error.MillraceException;
import java.util.List;

/** Keeps nulls out of the NOT NULL columns of a sink: fails the job or drops the row. */
public final class NotNullEnforcer extends StatelessOperator {
  private final int[] columns;
  private final List<String> names;
  private final boolean drop;
  private final String table;

  /**
   * {@code names} are those of {@code columns}, for the message; {@code drop} instead of failing.
   */
  public NotNullEnforcer(int[] columns, List<String> names, boolean drop, String table) {
    this.columns = columns.clone();
    this.names = List.copyOf(names);
    this.drop = drop;
    this.table = table;
  }

  @Override
  public void process(int input, Batch batch) {
    boolean[] broken = null;
    for (int i = 0; i < columns.length; i++) {
      boolean[] nulls = batch.column(columns[i]).nulls();
      for (int row = 0; nulls != null && row < batch.rowCount(); row++) {
        if (nulls[row]) {
          broken = broken == null ? new boolean[batch.rowCount()] : broken;
          broken[row] = true;
          refuse(i);
        }
      }
    }
    emit(broken == null ? batch : batch.take(unbroken(broken)));
  }

  private void refuse(int column) {
    if (!drop) {
      throw MillraceException.job(
          ("Column '%s' of table '%s' is NOT NULL, but a null arrived for it. Filter such rows out, or"
                  + " SET 'table.exec.sink.not-null-enforcer' = 'DROP' to drop them.")
              .formatted(names.get(column), table));
    }
  }

  private static Positions unbroken(boolean[] broken) {
    int[] kept = new int[broken.length];
    int count = 0;
    for (int row = 0; row < broken.length; row++) {
      if (!broken[row]) {
        kept[count++] = row;
      }
    }
    return Positions.of(kept, count);
  }
}
