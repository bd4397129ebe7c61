package dev.millrace.flink.memory;

import dev.millrace.flink.memory.InProcessTables.Input;
import dev.millrace.flink.memory.InProcessTables.MemoryRow;
import org.apache.flink.legacy.table.connector.source.SourceFunctionProvider;
import org.apache.flink.streaming.api.functions.source.legacy.SourceFunction;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.RuntimeConverter;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;

/** Reads rows that this process holds, in one instance. */
@SuppressWarnings("deprecation") // of source functions; see getScanRuntimeProvider
record MemoryTableSource(String tablesId, String table, DataType rowType)
    implements ScanTableSource {
  @Override
  public ChangelogMode getChangelogMode() {
    return ChangelogMode.insertOnly();
  }

  /**
   * A source function, since the new source interface wants splits, which there are none of here.
   */
  @Override
  public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
    return SourceFunctionProvider.of(
        new Function(tablesId, table, rowType, context.createDataStructureConverter(rowType)),
        true,
        1);
  }

  @Override
  public DynamicTableSource copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return InProcessTables.CONNECTOR;
  }

  private static final class Function implements SourceFunction<RowData> {
    private static final long serialVersionUID = 1L;
    private static final long PAUSE_MILLIS = 5;

    private final String tablesId;
    private final String table;
    private final DataType rowType;
    private final DataStructureConverter converter;
    private volatile boolean cancelled;

    Function(String tablesId, String table, DataType rowType, DataStructureConverter converter) {
      this.tablesId = tablesId;
      this.table = table;
      this.rowType = rowType;
      this.converter = converter;
    }

    @Override
    public void run(SourceContext<RowData> output) throws InterruptedException {
      converter.open(RuntimeConverter.Context.create(getClass().getClassLoader()));
      Input input = InProcessTables.find(tablesId).input(table);
      while (!cancelled) {
        boolean ended = input.ended();
        MemoryRow row = input.poll();
        if (row != null) {
          output.collect((RowData) converter.toInternal(FlinkValues.row(row, rowType)));
        } else if (ended) {
          return;
        } else {
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
    }
  }
}
