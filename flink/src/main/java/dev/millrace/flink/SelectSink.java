package dev.millrace.flink;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.sink.DynamicTableSink.DataStructureConverter;
import org.apache.flink.table.data.RowData;
import org.apache.flink.types.Row;

/** Hands the rows of a SELECT that runs in this process to its {@link SelectRows}. */
final class SelectSink implements Sink<RowData> {
  private static final long serialVersionUID = 1L;

  private final String rowsId;
  private final DataStructureConverter converter;

  SelectSink(String rowsId, DataStructureConverter converter) {
    this.rowsId = rowsId;
    this.converter = converter;
  }

  @Override
  public SinkWriter<RowData> createWriter(WriterInitContext context) {
    converter.open(RuntimeConverter.Context.create(getClass().getClassLoader()));
    return new Writer(SelectRows.find(rowsId), converter);
  }

  /** Converts each row, which also copies it: Flink may reuse the one that it passes in. */
  private record Writer(SelectRows rows, DataStructureConverter converter)
      implements SinkWriter<RowData> {
    @Override
    public void write(RowData row, Context context) throws InterruptedException {
      rows.put((Row) converter.toExternal(row));
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
