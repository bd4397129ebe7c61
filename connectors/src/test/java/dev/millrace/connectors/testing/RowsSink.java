package dev.millrace.connectors.testing;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps all rows, in the order in which they arrive. Thread-safe. */
public final class RowsSink implements Sink {
  private final DataType rowType;
  private final List<Change> rows = Collections.synchronizedList(new ArrayList<>());

  private record Change(RowKind kind, List<Object> values) {}

  public RowsSink(DataType rowType) {
    this.rowType = rowType;
  }

  public List<List<Object>> rows() {
    return List.copyOf(rows).stream().map(Change::values).toList();
  }

  /** The rows with their kinds, each as a text such as {@code +I[1, a]}. */
  public List<String> texts() {
    return List.copyOf(rows).stream().map(row -> row.kind().shortString() + row.values()).toList();
  }

  @Override
  public boolean blocking() {
    return false;
  }

  @Override
  public SinkWriter writer(SinkContext context) {
    return new SinkWriter() {
      @Override
      public void write(Batch batch) {
        for (int row = 0; row < batch.rowCount(); row++) {
          rows.add(new Change(batch.rowKind(row), Values.row(batch, rowType, row)));
        }
      }

      @Override
      public List<String> endEpoch() {
        return List.of();
      }

      @Override
      public void finish() {}

      @Override
      public void close() {}
    };
  }
}
