package dev.millrace.flink;

import dev.millrace.engine.option.Placeholders;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.module.Module;

/**
 * Resolves the placeholders of table options at the moment when Flink makes a source or a sink of a
 * table, and nowhere else: catalogs, plans and every text printed from them keep the placeholder.
 */
final class PlaceholderModule implements Module {
  static final String NAME = "millrace";

  private final Placeholders placeholders;

  PlaceholderModule(Placeholders placeholders) {
    this.placeholders = placeholders;
  }

  @Override
  public Optional<DynamicTableSourceFactory> getTableSourceFactory() {
    return Optional.of(new ResolvingFactory());
  }

  @Override
  public Optional<DynamicTableSinkFactory> getTableSinkFactory() {
    return Optional.of(new ResolvingFactory());
  }

  private final class ResolvingFactory
      implements DynamicTableSourceFactory, DynamicTableSinkFactory {
    @Override
    public DynamicTableSource createDynamicTableSource(Context context) {
      return FactoryUtil.createDynamicTableSource(
          null,
          context.getObjectIdentifier(),
          resolved(context.getCatalogTable()),
          placeholders.resolve(context.getEnrichmentOptions()),
          context.getConfiguration(),
          context.getClassLoader(),
          context.isTemporary());
    }

    @Override
    public DynamicTableSink createDynamicTableSink(Context context) {
      return FactoryUtil.createDynamicTableSink(
          null,
          context.getObjectIdentifier(),
          resolved(context.getCatalogTable()),
          placeholders.resolve(context.getEnrichmentOptions()),
          context.getConfiguration(),
          context.getClassLoader(),
          context.isTemporary());
    }

    private ResolvedCatalogTable resolved(ResolvedCatalogTable table) {
      Map<String, String> options = table.getOptions();
      return options.values().stream().anyMatch(Placeholders::isIn)
          ? table.copy(placeholders.resolve(options))
          : table;
    }

    @Override
    public String factoryIdentifier() {
      return NAME;
    }

    @Override
    public Set<ConfigOption<?>> requiredOptions() {
      return Set.of();
    }

    @Override
    public Set<ConfigOption<?>> optionalOptions() {
      return Set.of();
    }
  }
}
