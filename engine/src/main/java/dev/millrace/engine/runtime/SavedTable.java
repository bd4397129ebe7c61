package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.state.StateTable;
import java.util.ArrayList;
import java.util.List;

/** The rows of a table as they were when a barrier passed. */
record SavedTable(TableInfo info, List<Batch> rows) {
  long rowCount() {
    return rows.stream().mapToLong(Batch::rowCount).sum();
  }

  static SavedTable of(StateTable table) {
    List<Batch> rows = new ArrayList<>();
    table.save(rows::add);
    return new SavedTable(TableInfo.of(table), rows);
  }
}
