package dev.millrace.benchmarks.nexmark;

import dev.millrace.engine.connector.Source;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.connector.SourceTable;
import dev.millrace.engine.option.Option;
import java.util.List;

/** The connector {@code nexmark} on the native engine. */
public final class NexmarkSourceFactory implements SourceFactory {
  private static final List<Option<?>> OPTIONS =
      NexmarkTableFactory.OPTION_NAMES.stream()
          .<Option<?>>map(name -> Option.longInteger(name, null))
          .toList();

  @Override
  public String identifier() {
    return NexmarkTableFactory.IDENTIFIER;
  }

  @Override
  public List<Option<?>> options() {
    return OPTIONS;
  }

  @Override
  public Source source(SourceTable table) {
    NexmarkConfig config =
        NexmarkConfig.read(name -> table.options().get(Option.longInteger(name, null)));
    return new NexmarkSource(config, table);
  }
}
