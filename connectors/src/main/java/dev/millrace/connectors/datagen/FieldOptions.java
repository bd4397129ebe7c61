package dev.millrace.connectors.datagen;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.option.Option;
import dev.millrace.engine.option.Options;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/** The options {@code fields.#.*} of a table; keeps which of them any field asked for. */
final class FieldOptions {
  private final Options options;
  private final String table;
  private final ZoneId zone;
  private final List<Option<?>> known = new ArrayList<>();

  FieldOptions(Options options, String table, ZoneId zone) {
    this.options = options;
    this.table = table;
    this.zone = zone;
  }

  /**
   * The value of a field's option.
   *
   * @param field the field's name, with dots for nested fields
   * @param make makes the option of its full name and default
   */
  <T> T get(String field, String name, BiFunction<String, T, Option<T>> make, T defaultValue) {
    return options.get(know(field, name, make, defaultValue));
  }

  /** The value of an option that must be there. */
  <T> T require(String field, String name, BiFunction<String, T, Option<T>> make) {
    return options.require(know(field, name, make, null));
  }

  private <T> Option<T> know(
      String field, String name, BiFunction<String, T, Option<T>> make, T defaultValue) {
    Option<T> option = make.apply("fields." + field + "." + name, defaultValue);
    known.add(option);
    return option;
  }

  List<Option<?>> known() {
    return known;
  }

  ZoneId zone() {
    return zone;
  }

  /** A seed that no other use of any field shares. */
  long seed(String field, String use) {
    return Randomness.seed(table + "\n" + field + "\n" + use);
  }

  MillraceException wrong(String field, String problem) {
    return MillraceException.usage(
        "Field '%s' of %s: %s.".formatted(field, options.owner(), problem));
  }

  static Option<Double> number(String name, Double defaultValue) {
    return new Option<>(name, Double::valueOf, defaultValue);
  }
}
