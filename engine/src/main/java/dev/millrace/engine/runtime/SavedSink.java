package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import java.util.ArrayList;
import java.util.List;

/**
 * What a snapshot keeps of a sink: the names of what was prepared and, where the system's own
 * transaction does not decide whether the epoch counts, its rows.
 */
final class SavedSink {
  static final String PREPARED = "prepared";
  static final String ROWS = "rows";

  private static final DataType NAMES = DataType.row(List.of(new Field("name", DataType.string())));

  private SavedSink() {}

  static SavedTable prepared(List<String> names) {
    BatchBuilder rows = new BatchBuilder(NAMES);
    names.forEach(name -> Values.appendRow(rows, NAMES, List.of(name)));
    return new SavedTable(
        new TableInfo(PREPARED, 1, NAMES, List.of(), true),
        names.isEmpty() ? List.of() : List.of(rows.build()));
  }

  /** The names in batches of {@link #PREPARED}. */
  static List<String> names(List<Batch> batches) {
    List<String> names = new ArrayList<>();
    for (Batch batch : batches) {
      BytesVector column = (BytesVector) batch.column(0);
      for (int i = 0; i < batch.rowCount(); i++) {
        names.add(column.string(i));
      }
    }
    return names;
  }

  static SavedTable rows(DataType rowType, List<Batch> rows) {
    return new SavedTable(new TableInfo(ROWS, 1, rowType, List.of(), true), rows);
  }
}
