package dev.millrace.plan.node;

import dev.millrace.engine.connector.SinkFactory;
import dev.millrace.engine.connector.SourceFactory;
import dev.millrace.engine.error.Nearest;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.format.FormatRegistry;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The sources, sinks and formats that a plan's tables may name. Immutable. */
public final class Connectors {
  private static final Option<String> CONNECTOR = Option.text("connector");

  /** What may stand before a format option and the options of that format. */
  private static final List<String> FORMAT_ROLES = List.of("", "key.", "value.");

  /** Options that Flink reads for every table. */
  private static final List<Option<?>> COMMON =
      List.of(
          CONNECTOR,
          Option.text("property-version"),
          Option.text("scan.watermark.emit.strategy"),
          Option.text("scan.watermark.idle-timeout"),
          Option.prefix("scan.watermark.alignment."));

  private final Map<String, SourceFactory> sources = new TreeMap<>();
  private final Map<String, SinkFactory> sinks = new TreeMap<>();
  private final FormatRegistry formats;

  private Connectors(
      Iterable<SourceFactory> sources, Iterable<SinkFactory> sinks, FormatRegistry formats) {
    sources.forEach(factory -> this.sources.put(factory.identifier(), factory));
    sinks.forEach(factory -> this.sinks.put(factory.identifier(), factory));
    this.formats = formats;
  }

  /** All that the class loader offers. */
  public static Connectors load(ClassLoader loader) {
    return new Connectors(
        ServiceLoader.load(SourceFactory.class, loader),
        ServiceLoader.load(SinkFactory.class, loader),
        FormatRegistry.load(loader));
  }

  public static Connectors of(
      List<SourceFactory> sources, List<SinkFactory> sinks, FormatRegistry formats) {
    return new Connectors(sources, sinks, formats);
  }

  /** These and more, which come first where names are equal. */
  public Connectors with(List<SourceFactory> moreSources, List<SinkFactory> moreSinks) {
    List<SourceFactory> allSources = new ArrayList<>(sources.values());
    allSources.addAll(moreSources);
    List<SinkFactory> allSinks = new ArrayList<>(sinks.values());
    allSinks.addAll(moreSinks);
    return new Connectors(allSources, allSinks, formats);
  }

  FormatRegistry formats() {
    return formats;
  }

  SourceFactory source(Options table) {
    return find(sources, "", table);
  }

  SinkFactory sink(Options table) {
    return find(sinks, " as a sink", table);
  }

  private static <F> F find(Map<String, F> factories, String role, Options table) {
    String identifier = table.require(CONNECTOR);
    F factory = factories.get(identifier);
    if (factory == null) {
      throw new UnsupportedException(
          "connector '%s'%s of %s"
              .formatted(identifier, role, table.owner())
              .concat(Nearest.hint(identifier, factories.keySet())));
    }
    return factory;
  }

  /**
   * A user's error if there are options that neither the connector nor its formats know. The
   * formats check what follows their prefix themselves.
   */
  static void refuseUnknownOptions(List<Option<?>> ofConnector, Options table) {
    List<Option<?>> known = new ArrayList<>(ofConnector);
    known.addAll(COMMON);
    for (String role : FORMAT_ROLES) {
      String format = table.get(Option.text(role + "format"));
      if (format != null) {
        known.add(Option.prefix(role + format + "."));
      }
    }
    table.refuseUnknown(known);
  }
}
