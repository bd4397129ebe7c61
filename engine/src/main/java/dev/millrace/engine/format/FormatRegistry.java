package dev.millrace.engine.format;

import dev.millrace.engine.error.Nearest;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.option.Options;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** The formats on the class path, by name. Immutable. */
public final class FormatRegistry {
  private final Map<String, FormatFactory> factories = new TreeMap<>();

  private FormatRegistry(Iterable<FormatFactory> found) {
    for (FormatFactory factory : found) {
      factories.put(factory.identifier(), factory);
    }
  }

  /** Finds the formats that the class loader offers. */
  public static FormatRegistry load(ClassLoader loader) {
    return new FormatRegistry(ServiceLoader.load(FormatFactory.class, loader));
  }

  public static FormatRegistry of(FormatFactory... factories) {
    return new FormatRegistry(List.of(factories));
  }

  /** The format of this name; throws, naming the nearest known, if there is none. */
  public FormatFactory find(String identifier, Options table) {
    FormatFactory factory = factories.get(identifier);
    if (factory == null) {
      throw new UnsupportedException(
          "format '"
              + identifier
              + "' of "
              + table.owner()
              + Nearest.hint(identifier, factories.keySet()));
    }
    return factory;
  }

  /** Throws a user's error if the options hold one that the format does not know. */
  public static void check(FormatFactory factory, Options options) {
    options.refuseUnknown(factory.options());
  }
}
