package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.checkpoint.TableInfo;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The splits of a source as the rows of a snapshot. */
final class SavedSplits {
  /**
   * How far a split was read.
   *
   * @param finished whether to its end
   * @param watermark of its rows so far, or {@link Watermarks#NONE}
   */
  record SavedSplit(String id, boolean finished, long watermark, Map<String, String> fields) {
    static SavedSplit of(Split split, boolean finished, long watermark) {
      return new SavedSplit(split.id(), finished, watermark, split.saved());
    }
  }

  private static final DataType ROW =
      DataType.row(
          List.of(
              new Field("id", DataType.string()),
              new Field("finished", DataType.of(TypeRoot.BOOLEAN)),
              new Field("watermark", DataType.of(TypeRoot.BIGINT)),
              new Field("fields", DataType.map(DataType.string(), DataType.string()))));

  static final TableInfo INFO = new TableInfo("splits", 1, ROW, List.of(), true);

  private SavedSplits() {}

  static SavedTable table(List<SavedSplit> splits) {
    BatchBuilder rows = new BatchBuilder(ROW);
    for (SavedSplit split : splits) {
      Values.appendRow(
          rows, ROW, List.of(split.id(), split.finished(), split.watermark(), split.fields()));
    }
    return new SavedTable(INFO, splits.isEmpty() ? List.of() : List.of(rows.build()));
  }

  @SuppressWarnings("unchecked") // the column's type says so
  static List<SavedSplit> read(List<Batch> rows) {
    List<SavedSplit> splits = new ArrayList<>();
    for (Batch batch : rows) {
      for (int i = 0; i < batch.rowCount(); i++) {
        splits.add(
            new SavedSplit(
                (String) value(batch, 0, i),
                (Boolean) value(batch, 1, i),
                (Long) value(batch, 2, i),
                (Map<String, String>) value(batch, 3, i)));
      }
    }
    return splits;
  }

  private static Object value(Batch batch, int column, int row) {
    return Values.get(batch.column(column), ROW.children().get(column).type(), row);
  }
}
