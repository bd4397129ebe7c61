package dev.millrace.flink.memory;

import dev.millrace.flink.memory.InProcessTables.MemoryRow;
import dev.millrace.flink.memory.InProcessTables.Output;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.types.Row;

/** Hands rows to this process, in one instance so that their order stays. */
record MemoryTableSink(String tablesId, String table, DataType rowType)
    implements DynamicTableSink {
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return requestedMode;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
    return SinkV2Provider.of(
        new RowSink(tablesId, table, context.createDataStructureConverter(rowType)), 1);
  }

  @Override
  public DynamicTableSink copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return InProcessTables.CONNECTOR;
  }

  private static final class RowSink implements Sink<RowData> {
    private static final long serialVersionUID = 1L;

    private final String tablesId;
    private final String table;
    private final DataStructureConverter converter;

    RowSink(String tablesId, String table, DataStructureConverter converter) {
      this.tablesId = tablesId;
      this.table = table;
      this.converter = converter;
    }

    @Override
    public SinkWriter<RowData> createWriter(WriterInitContext context) {
      converter.open(RuntimeConverter.Context.create(getClass().getClassLoader()));
      return new Writer(InProcessTables.find(tablesId).output(table), converter);
    }
  }

  private record Writer(Output output, DataStructureConverter converter)
      implements SinkWriter<RowData> {
    @Override
    public void write(RowData row, SinkWriter.Context context) {
      Row external = (Row) converter.toExternal(row);
      output.accept(
          new MemoryRow(external.getKind().toByteValue(), FlinkValues.plainFields(external)));
    }

    @Override
    public void flush(boolean endOfInput) {}

    @Override
    public void close() {}
  }
}
