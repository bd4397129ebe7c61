package dev.millrace.flink;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.factories.DynamicTableSinkFactory;

/** Makes the table of a bare SELECT known to Flink. */
public final class SelectTableFactory implements DynamicTableSinkFactory {
  /**
   * Session setting of an embedded run: which {@link SelectRows} of this process takes the rows.
   */
  static final ConfigOption<String> ROWS_ID =
      ConfigOptions.key("millrace.internal.select-rows").stringType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return SelectTable.CONNECTOR;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    return new SelectTableSink(
        context.getPhysicalRowDataType(), context.getConfiguration().get(ROWS_ID));
  }
}
