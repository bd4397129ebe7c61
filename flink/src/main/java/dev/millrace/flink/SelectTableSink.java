package dev.millrace.flink;

import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.sink.SinkV2Provider;
import org.apache.flink.table.types.DataType;

/**
 * Takes the changelog of a SELECT as it comes. Each instance keeps the order of its input, and with
 * it the order of the changes to one key.
 */
record SelectTableSink(DataType rowType, String rowsId) implements DynamicTableSink {
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    return requestedMode;
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    return SinkV2Provider.of(new SelectSink(rowsId, context.createDataStructureConverter(rowType)));
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
