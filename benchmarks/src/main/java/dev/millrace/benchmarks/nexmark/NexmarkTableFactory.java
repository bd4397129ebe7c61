package dev.millrace.benchmarks.nexmark;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;

/** The connector {@code nexmark} in Flink. */
public final class NexmarkTableFactory implements DynamicTableSourceFactory {
  static final String IDENTIFIER = "nexmark";

  static final List<String> OPTION_NAMES =
      List.of(
          NexmarkConfig.EVENTS,
          NexmarkConfig.RATE,
          NexmarkConfig.FIRST_RATE,
          NexmarkConfig.BASE_TIME,
          NexmarkConfig.PERSONS,
          NexmarkConfig.AUCTIONS,
          NexmarkConfig.BIDS,
          NexmarkConfig.HOT_AUCTIONS,
          NexmarkConfig.HOT_BIDDERS,
          NexmarkConfig.HOT_SELLERS,
          NexmarkConfig.PERSON_SIZE,
          NexmarkConfig.AUCTION_SIZE,
          NexmarkConfig.BID_SIZE);

  @Override
  public String factoryIdentifier() {
    return IDENTIFIER;
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return OPTION_NAMES.stream().map(NexmarkTableFactory::option).collect(Collectors.toSet());
  }

  private static ConfigOption<Long> option(String name) {
    return ConfigOptions.key(name).longType().noDefaultValue();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(Context context) {
    FactoryUtil.TableFactoryHelper helper = FactoryUtil.createTableFactoryHelper(this, context);
    helper.validate();
    NexmarkConfig config =
        NexmarkConfig.read(name -> helper.getOptions().getOptional(option(name)).orElse(null));
    return new NexmarkTableSource(config, context.getPhysicalRowDataType());
  }
}
