package dev.millrace.flink.jdbc;

import java.time.Duration;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/**
 * Makes the connector {@code jdbc} known to Flink's planner, with the options of Flink's own and
 * those that Millrace adds. The engine's sink checks what the options say.
 */
public final class JdbcTableFactory implements DynamicTableSinkFactory, DynamicTableSourceFactory {
  static final String CONNECTOR = "jdbc";

  private static final ConfigOption<String> URL = text("url");
  private static final ConfigOption<String> TABLE_NAME = text("table-name");

  private static ConfigOption<String> text(String name) {
    return ConfigOptions.key(name).stringType().noDefaultValue();
  }

  private static ConfigOption<Integer> integer(String name) {
    return ConfigOptions.key(name).intType().noDefaultValue();
  }

  private static ConfigOption<Duration> duration(String name) {
    return ConfigOptions.key(name).durationType().noDefaultValue();
  }

  @Override
  public String factoryIdentifier() {
    return CONNECTOR;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of(URL, TABLE_NAME);
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of(
        text("driver"),
        text("username"),
        text("password"),
        text("compatible-mode"),
        duration("connection.max-retry-timeout"),
        integer("sink.buffer-flush.max-rows"),
        duration("sink.buffer-flush.interval"),
        integer("sink.max-retries"),
        integer("sink.parallelism"),
        text("sink.delivery-guarantee"),
        text("sink.epoch-table"),
        text("scan.partition.column"),
        text("scan.partition.num"),
        text("scan.partition.lower-bound"),
        text("scan.partition.upper-bound"),
        text("scan.fetch-size"),
        text("scan.auto-commit"),
        text("filter.handling.policy"),
        text("lookup.cache"),
        text("lookup.cache.max-rows"),
        text("lookup.cache.ttl"),
        text("lookup.cache.caching-missing-key"),
        text("lookup.partial-cache.max-rows"),
        text("lookup.partial-cache.expire-after-write"),
        text("lookup.partial-cache.expire-after-access"),
        text("lookup.partial-cache.cache-missing-key"),
        text("lookup.max-retries"));
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    throw new ValidationException(
        "Tables of the connector 'jdbc' can only be written yet; they cannot be read or looked up.");
  }

  @Override
  public DynamicTableSink createDynamicTableSink(Context context) {
    FactoryUtil.createTableFactoryHelper(this, context).validate();
    return new JdbcTableSink(context.getPrimaryKeyIndexes().length > 0);
  }
}
