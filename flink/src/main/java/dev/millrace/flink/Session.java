package dev.millrace.flink;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Placeholders;
import dev.millrace.flink.script.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.ObjectIdentifier;

/** A table environment and the settings made in it. */
final class Session {
  private static final String OWN_PREFIX = "millrace.";
  private static final String RUNTIME_MODE = "execution.runtime-mode";

  private final Placeholders placeholders;
  private final Set<String> ownSettings;
  private final Map<String, String> settings = new TreeMap<>();
  private final Set<String> pinned = new HashSet<>();
  private final Map<ObjectIdentifier, Statement> tables = new HashMap<>();
  private final Map<String, String> calls = new HashMap<>();
  private final TableEnvironmentInternal environment = Environments.take();

  private final TemporaryTables temporaryTables = new TemporaryTables(environment);

  /**
   * {@code ownSettings} are the names that a setting beginning with {@code millrace.} may have; one
   * that ends in {@code *} stands for all that begin so.
   */
  Session(Placeholders placeholders, Set<String> ownSettings) {
    this.placeholders = placeholders;
    this.ownSettings = ownSettings;
    keepPlaceholders();
  }

  TableEnvironmentInternal environment() {
    return environment;
  }

  Placeholders placeholders() {
    return placeholders;
  }

  /** The statements that made the tables. */
  Map<ObjectIdentifier, Statement> tables() {
    return tables;
  }

  /** Where views call functions first, by name in upper case. */
  Map<String, String> calls() {
    return calls;
  }

  TemporaryTables temporaryTables() {
    return temporaryTables;
  }

  /** Puts the module that resolves placeholders back, should a statement have taken it away. */
  void keepPlaceholders() {
    List<String> used = new ArrayList<>(List.of(environment.listModules()));
    if (used.contains(PlaceholderModule.NAME)) {
      return;
    }
    if (Arrays.stream(environment.listFullModules())
        .noneMatch(module -> module.name().equals(PlaceholderModule.NAME))) {
      environment.loadModule(PlaceholderModule.NAME, new PlaceholderModule(placeholders));
    } else {
      used.add(PlaceholderModule.NAME);
      environment.useModules(used.toArray(String[]::new));
    }
  }

  /** The settings made so far, values as written. */
  Map<String, String> settings() {
    return new TreeMap<>(settings);
  }

  boolean has(String name, String value) {
    return value.equals(settings.get(name));
  }

  /** Makes a setting that a script cannot change. */
  void pin(String name, String value) {
    set(name, value);
    pinned.add(name);
  }

  void set(String name, String value) {
    if (pinned.contains(name)) {
      return;
    }
    if (name.startsWith(OWN_PREFIX)) {
      checkOwn(name);
    } else {
      checkMode(name, value);
      environment.getConfig().set(name, placeholders.resolve(value));
    }
    settings.put(name, value);
  }

  private void checkOwn(String name) {
    boolean known =
        ownSettings.stream()
            .anyMatch(
                own ->
                    own.endsWith("*")
                        ? name.startsWith(own.substring(0, own.length() - 1))
                        : name.equals(own));
    if (!known) {
      throw MillraceException.usage(
          "There is no setting '%s'%s".formatted(name, Names.hintOr(name, ownSettings)));
    }
  }

  private static void checkMode(String name, String value) {
    if (name.equals(RUNTIME_MODE) && !value.toLowerCase(Locale.ROOT).equals("streaming")) {
      throw MillraceException.usage(
          "'%s' can only be 'streaming': bounded input ends the job by itself."
              .formatted(RUNTIME_MODE));
    }
  }

  void reset(String name) {
    if (pinned.contains(name)) {
      return;
    }
    settings.remove(name);
    environment.getConfig().getConfiguration().removeKey(name);
  }
}
