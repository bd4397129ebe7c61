package dev.millrace.engine.option;

import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Replaces {@code ${env:NAME}} and {@code ${file:PATH}} in option values, and remembers what it put
 * there, so that no secret gets into a message. Thread-safe.
 *
 * <p>A file's content is taken as UTF-8 without the line end that closes it. What is inserted is
 * not searched for placeholders again.
 */
public final class Placeholders {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(env|file):([^}]*)\\}");

  /** A shorter value is masked only where it stands alone, or messages would become unreadable. */
  private static final int SHORT = 4;

  private static final Placeholders OF_PROCESS = new Placeholders(System::getenv);

  private final UnaryOperator<String> environment;
  private final boolean keepUnknown;
  private final Map<String, String> placeholderByValue;

  private Placeholders(
      UnaryOperator<String> environment, boolean keepUnknown, Map<String, String> seen) {
    this.environment = environment;
    this.keepUnknown = keepUnknown;
    this.placeholderByValue = seen;
  }

  /** {@code environment} gives a variable's value, or null when it is not set. */
  public Placeholders(UnaryOperator<String> environment) {
    this(environment, false, new ConcurrentHashMap<>());
  }

  /**
   * Placeholders that read this process's environment variables. There is one for all, so that
   * whoever writes a log knows what has to be masked.
   */
  public static Placeholders ofProcess() {
    return OF_PROCESS;
  }

  /**
   * The same, but a placeholder without a value stays as it is: for compiling a plan that another
   * process runs, which alone needs the secrets.
   */
  public Placeholders keepingUnknown() {
    return new Placeholders(environment, true, placeholderByValue);
  }

  public static boolean isIn(String text) {
    return PLACEHOLDER.matcher(text).find();
  }

  /** The text with every placeholder replaced; a user's error if one has no value. */
  public String resolve(String text) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(value(match.group(1), match.group(2))));
  }

  /** The options with every value resolved. */
  public Map<String, String> resolve(Map<String, String> options) {
    Map<String, String> resolved = new LinkedHashMap<>();
    options.forEach((name, value) -> resolved.put(name, resolve(value)));
    return resolved;
  }

  private String value(String kind, String name) {
    String placeholder = "${" + kind + ":" + name + "}";
    String value;
    try {
      value = kind.equals("env") ? variable(name) : content(name);
    } catch (MillraceException e) {
      if (keepUnknown) {
        return placeholder;
      }
      throw e;
    }
    if (!value.isEmpty()) {
      placeholderByValue.put(value, placeholder);
    }
    return value;
  }

  private String variable(String name) {
    String value = environment.apply(name);
    if (value == null) {
      throw MillraceException.usage(
          "${env:%s}: the environment variable %s is not set.".formatted(name, name));
    }
    return value;
  }

  private static String content(String path) {
    try {
      String content = Files.readString(Path.of(path));
      return content.endsWith("\n")
          ? content.substring(0, content.length() - (content.endsWith("\r\n") ? 2 : 1))
          : content;
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw MillraceException.usage(
          "${file:%s}: the file %s cannot be read.".formatted(path, path), e);
    }
  }

  /** The text with every value that was put in for a placeholder replaced by the placeholder. */
  public String mask(String text) {
    String masked = text;
    for (Map.Entry<String, String> entry : longestFirst()) {
      masked = mask(masked, entry.getKey(), entry.getValue());
    }
    return masked;
  }

  /** The failure with its message masked; its cause, which is for the log, stays as it is. */
  public MillraceException masked(MillraceException failure) {
    String message = mask(failure.getMessage());
    return message.equals(failure.getMessage())
        ? failure
        : new MillraceException(failure.kind(), message, failure.getCause());
  }

  /** A secret that contains another one must go first, or its rest would stay. */
  private List<Map.Entry<String, String>> longestFirst() {
    return placeholderByValue.entrySet().stream()
        .sorted((a, b) -> b.getKey().length() - a.getKey().length())
        .toList();
  }

  private static String mask(String text, String value, String placeholder) {
    if (value.length() >= SHORT) {
      return text.replace(value, placeholder);
    }
    return Pattern.compile("(?<![\\p{Alnum}])" + Pattern.quote(value) + "(?![\\p{Alnum}])")
        .matcher(text)
        .replaceAll(Matcher.quoteReplacement(placeholder));
  }
}
