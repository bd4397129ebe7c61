package dev.millrace.engine.option;

import java.util.function.Function;

/**
 * An option of a table: its name (Flink's), how its text is read, and its default (null for none).
 * A name that ends in {@code *} stands for all options that begin so.
 */
public record Option<T>(String name, Function<String, T> parse, T defaultValue) {
  public static Option<String> text(String name) {
    return new Option<>(name, text -> text, null);
  }

  public static Option<String> text(String name, String defaultValue) {
    return new Option<>(name, text -> text, defaultValue);
  }

  public static Option<Integer> integer(String name, Integer defaultValue) {
    return new Option<>(name, Integer::valueOf, defaultValue);
  }

  public static Option<Long> longInteger(String name, Long defaultValue) {
    return new Option<>(name, Long::valueOf, defaultValue);
  }

  public static Option<Boolean> bool(String name, Boolean defaultValue) {
    return new Option<>(name, OptionParsers::bool, defaultValue);
  }

  /** A time such as {@code 10 s}, {@code 500ms}, {@code 1 min}. */
  public static Option<java.time.Duration> duration(String name, java.time.Duration defaultValue) {
    return new Option<>(name, OptionParsers::duration, defaultValue);
  }

  /** A number of bytes such as {@code 128MB}, {@code 64 kb}. */
  public static Option<Long> memory(String name, Long defaultBytes) {
    return new Option<>(name, OptionParsers::memory, defaultBytes);
  }

  /** One of an enum's constants, written in lower case with dashes. */
  public static <E extends Enum<E>> Option<E> choice(String name, Class<E> type, E defaultValue) {
    return new Option<>(name, text -> OptionParsers.choice(type, text), defaultValue);
  }

  /** All options whose names begin with {@code prefix}, read with {@link Options#prefixed}. */
  public static Option<String> prefix(String prefix) {
    return text(prefix + "*");
  }
}
