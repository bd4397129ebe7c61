package dev.millrace.api;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.Sink;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.type.DataType;

/** Writes rows into a {@link MemorySink}, in one instance so that their order stays. */
final class MemoryTableWriter implements Sink {
  private final DataType rowType;
  private final MemorySink rows;

  MemoryTableWriter(DataType rowType, MemorySink rows) {
    this.rowType = rowType;
    this.rows = rows;
  }

  @Override
  public boolean blocking() {
    return false;
  }

  @Override
  public int parallelism() {
    return 1;
  }

  @Override
  public SinkWriter writer(SinkContext context) {
    return new SinkWriter() {
      @Override
      public void write(Batch batch) {
        for (int i = 0; i < batch.rowCount(); i++) {
          rows.add(new Row(batch.rowKind(i), Values.row(batch, rowType, i)));
        }
      }

      @Override
      public void finish() {}

      @Override
      public void close() {}
    };
  }
}
