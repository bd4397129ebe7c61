package dev.millrace.connectors.testing;

import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.connector.SinkWriter;
import dev.millrace.engine.type.DataType;

/** One writer of a sink, given rows by the test. */
public final class Writing implements AutoCloseable {
  private final DataType rowType;
  private final SinkWriter writer;
  private final BatchBuilder rows;

  /** {@code rowType} is the ROW of what the writer takes. */
  public Writing(DataType rowType, SinkWriter writer) {
    this.rowType = rowType;
    this.writer = writer;
    this.rows = new BatchBuilder(rowType);
  }

  /** Adds a row to the batch that is written with {@link #write}. */
  public Writing row(RowKind kind, Object... values) {
    for (int i = 0; i < values.length; i++) {
      Values.append(rows.column(i), rowType.child(i), values[i]);
    }
    rows.endRow(kind);
    return this;
  }

  public Writing insert(Object... values) {
    return row(RowKind.INSERT, values);
  }

  public Writing delete(Object... values) {
    return row(RowKind.DELETE, values);
  }

  public Writing write() {
    writer.write(rows.build());
    return this;
  }

  public Writing tick() {
    writer.tick();
    return this;
  }

  public Writing endEpoch() {
    writer.endEpoch();
    return this;
  }

  public void finish() {
    writer.finish();
  }

  @Override
  public void close() {
    writer.close();
  }
}
