package dev.millrace.flink.jdbc;

import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.types.RowKind;

/**
 * Tells the planner which changes a table takes, as Flink's own sink does: all but the old rows of
 * updates with a primary key, else new rows only.
 */
record JdbcTableSink(boolean keyed) implements DynamicTableSink {
  @Override
  public ChangelogMode getChangelogMode(ChangelogMode requestedMode) {
    if (!keyed && !requestedMode.containsOnly(RowKind.INSERT)) {
      throw new ValidationException(
          "The table of connector 'jdbc' needs a PRIMARY KEY: the query updates or deletes rows, which"
              + " are found by it.");
    }
    return ChangelogMode.newBuilder()
        .addContainedKind(RowKind.INSERT)
        .addContainedKind(RowKind.UPDATE_AFTER)
        .addContainedKind(RowKind.DELETE)
        .build();
  }

  @Override
  public SinkRuntimeProvider getSinkRuntimeProvider(Context context) {
    throw new ValidationException(
        "The connector 'jdbc' runs on the native engine only; 'millrace explain' tells what of the"
            + " script keeps it from there.");
  }

  @Override
  public DynamicTableSink copy() {
    return this;
  }

  @Override
  public String asSummaryString() {
    return JdbcTableFactory.CONNECTOR;
  }
}
