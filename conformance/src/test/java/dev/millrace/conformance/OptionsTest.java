package dev.millrace.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.format.FormatFactory;
import dev.millrace.engine.option.Option;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.DecodingFormatFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.factories.Factory;
import org.junit.jupiter.api.Test;

/**
 * The native connectors and formats know every option that Flink's of the same name have: an option
 * that they don't know is taken for an error of the user, not for something that only Flink can do.
 */
class OptionsTest {
  @Test
  void sourcesKnowFlinksOptions() {
    for (SourceFactory ours : production(SourceFactory.class)) {
      check(ours.identifier(), DynamicTableSourceFactory.class, ours.options());
    }
  }

  @Test
  void sinksKnowFlinksOptions() {
    for (SinkFactory ours : production(SinkFactory.class)) {
      check(ours.identifier(), DynamicTableSinkFactory.class, ours.options());
    }
  }

  @Test
  void formatsKnowFlinksOptions() {
    for (FormatFactory ours : production(FormatFactory.class)) {
      check(ours.identifier(), DecodingFormatFactory.class, ours.options());
    }
  }

  /** All but those that these tests bring along. */
  private static <T> List<T> production(Class<T> kind) {
    String tests = OptionsTest.class.getPackageName();
    return ServiceLoader.load(kind).stream()
        .filter(provider -> !provider.type().getPackageName().startsWith(tests))
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  private static void check(
      String identifier, Class<? extends Factory> kind, List<Option<?>> known) {
    List<Factory> theirs = new ArrayList<>();
    ServiceLoader.load(Factory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(factory -> kind.isInstance(factory))
        .filter(factory -> factory.factoryIdentifier().equals(identifier))
        .forEach(theirs::add);
    // Two for csv: one for files, one for messages.
    assertThat(theirs).as(identifier).isNotEmpty();
    for (Factory factory : theirs) {
      assertThat(options(factory))
          .as(identifier)
          .allMatch(name -> known.stream().anyMatch(option -> matches(option.name(), name)));
    }
  }

  private static List<String> options(Factory factory) {
    List<String> names = new ArrayList<>();
    for (Set<ConfigOption<?>> options :
        List.of(factory.requiredOptions(), factory.optionalOptions())) {
      options.forEach(option -> names.add(option.key()));
    }
    return names;
  }

  private static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }
}
