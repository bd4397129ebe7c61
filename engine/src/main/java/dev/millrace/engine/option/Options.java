package dev.millrace.engine.option;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The options of one table (or of one format of it), as texts by name. Immutable. */
public final class Options {
  private final String owner;
  private final String prefix;
  private final Map<String, String> values;

  /** {@code owner} says in messages whose options these are, for example {@code table 'orders'}. */
  public Options(String owner, Map<String, String> values) {
    this(owner, "", values);
  }

  /** Messages call an option by its whole name, which begins with {@code prefix}. */
  private Options(String owner, String prefix, Map<String, String> values) {
    this.owner = owner;
    this.prefix = prefix;
    this.values = new TreeMap<>(values);
  }

  public String owner() {
    return owner;
  }

  public Map<String, String> asMap() {
    return Map.copyOf(values);
  }

  public boolean has(Option<?> option) {
    return values.containsKey(option.name());
  }

  /** The value, else the default, which may be null. */
  public <T> T get(Option<T> option) {
    String text = values.get(option.name());
    return text == null ? option.defaultValue() : parse(option, text);
  }

  public <T> Optional<T> find(Option<T> option) {
    return Optional.ofNullable(get(option));
  }

  /** The value; a user's error if there is neither a value nor a default. */
  public <T> T require(Option<T> option) {
    return find(option)
        .orElseThrow(
            () ->
                MillraceException.usage(
                    "Option '" + prefix + option.name() + "' is missing from " + owner + "."));
  }

  private <T> T parse(Option<T> option, String text) {
    try {
      return option.parse().apply(text);
    } catch (IllegalArgumentException | ArithmeticException | java.time.DateTimeException e) {
      throw MillraceException.usage(
          "Option '%s' of %s has the value '%s', which is not valid: %s."
              .formatted(prefix + option.name(), owner, text, e.getMessage()),
          e);
    }
  }

  /** These options with others on top. */
  public Options with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(values);
    all.putAll(more);
    return new Options(owner, prefix, all);
  }

  /** The options whose names begin with {@code prefix}, without it. */
  public Options prefixed(String morePrefix) {
    Map<String, String> found = new LinkedHashMap<>();
    values.forEach(
        (name, value) -> {
          if (name.startsWith(morePrefix)) {
            found.put(name.substring(morePrefix.length()), value);
          }
        });
    return new Options(owner, prefix + morePrefix, found);
  }

  /** A user's error if there are options that are not among the known ones; names the nearest. */
  public void refuseUnknown(Collection<Option<?>> known) {
    List<String> names = known.stream().map(option -> prefix + option.name()).toList();
    List<String> messages = new ArrayList<>();
    for (String key : values.keySet()) {
      String name = prefix + key;
      if (names.stream().noneMatch(pattern -> matches(pattern, name))) {
        messages.add("Unknown option '" + name + "' of " + owner + Nearest.hintOr(name, names));
      }
    }
    if (!messages.isEmpty()) {
      throw MillraceException.usage(String.join(" ", messages));
    }
  }

  private static boolean matches(String pattern, String name) {
    return pattern.endsWith("*")
        ? name.startsWith(pattern.substring(0, pattern.length() - 1))
        : name.equals(pattern);
  }
}
