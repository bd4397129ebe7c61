package dev.millrace.connectors.kafka;

import dev.millrace.connectors.testing.TestSinkContext;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.SinkContext;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.type.DataType;

/** One writer of a table, given rows by the test. */
final class Writing implements AutoCloseable {
  private final SinkWriter writer;
  private final BatchBuilder rows;
  private final DataType rowType;

  Writing(TestTable table) {
    this(table, 0);
  }

  Writing(TestTable table, int subtask) {
    this(table, new TestSinkContext(subtask, subtask + 1));
  }

  Writing(TestTable table, SinkContext context) {
    this.rowType = table.producedRow();
    this.rows = new BatchBuilder(rowType);
    this.writer = table.sink().writer(context);
  }

  /** Adds a row to the batch that is written with {@link #write}. */
  Writing row(RowKind kind, Object... values) {
    for (int i = 0; i < values.length; i++) {
      Values.append(rows.column(i), rowType.child(i), values[i]);
    }
    rows.endRow(kind);
    return this;
  }

  Writing insert(Object... values) {
    return row(RowKind.INSERT, values);
  }

  Writing write() {
    Batch batch = rows.build();
    writer.write(batch);
    return this;
  }

  Writing tick() {
    writer.tick();
    return this;
  }

  Writing endEpoch() {
    writer.endEpoch();
    return this;
  }

  void finish() {
    writer.finish();
  }

  @Override
  public void close() {
    writer.close();
  }
}
