package dev.millrace.flink.memory;

import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;

/** Makes the connector {@code memory} known to Flink. */
public final class MemoryTableFactory
    implements DynamicTableSourceFactory, DynamicTableSinkFactory {
  /** Session setting of an embedded run: which {@link InProcessTables} of this process it uses. */
  public static final ConfigOption<String> TABLES_ID =
      ConfigOptions.key("millrace.internal.memory-tables").stringType().noDefaultValue();

  @Override
  public String factoryIdentifier() {
    return InProcessTables.CONNECTOR;
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
  public DynamicTableSource createDynamicTableSource(Context context) {
    return new MemoryTableSource(
        context.getConfiguration().get(TABLES_ID),
        context.getObjectIdentifier().getObjectName(),
        context.getPhysicalRowDataType());
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    return new MemoryTableSink(
        context.getConfiguration().get(TABLES_ID),
        context.getObjectIdentifier().getObjectName(),
        context.getPhysicalRowDataType());
  }
}
