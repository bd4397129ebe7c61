package dev.millrace.flink;

import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.types.DataType;

/** Takes the changelog of a SELECT as it comes, in one instance so that its order stays. */
record SelectTableSink(DataType rowType, String rowsId) implements DynamicTableSink {
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return requestedMode;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return SinkV2Provider.of(
        new SelectSink(rowsId, context.createDataStructureConverter(rowType)), 1);
  }

  @Override
  public DynamicTableSink copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return SelectTable.CONNECTOR;
  }
}
