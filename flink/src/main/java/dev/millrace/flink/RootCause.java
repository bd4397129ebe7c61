package dev.millrace.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds in a chain of causes what a user can act on. */
final class RootCause {
  private RootCause() {}

  /** The throwable and its causes, outermost first. */
  static List<Throwable> chain(Throwable throwable) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = throwable; t != null && !chain.contains(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }

  /** What the innermost cause says, in one line that ends in a full stop. */
  static String line(Throwable throwable) {
    List<Throwable> chain = chain(throwable);
    return sentence(describe(chain.get(chain.size() - 1)));
  }

  /** The message; with the kind of failure where the message alone is but a name or a number. */
  static String describe(Throwable throwable) {
    String message = throwable.getMessage();
    String kind = words(throwable.getClass().getSimpleName());
    if (message == null || message.isBlank()) {
      return kind;
    }
    return message.strip().contains(" ") ? message : kind + ": " + message;
  }

  /** {@code class not found} for ClassNotFoundException. */
  private static String words(String className) {
    return className
        .replaceAll("(Exception|Error)$", "")
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT);
  }

  /** All on one line, blanks single, a full stop at the end. */
  static String sentence(String text) {
    String line = text.replaceAll("\\s+", " ").strip();
    return line.isEmpty() || line.endsWith(".") || line.endsWith("?") ? line : line + ".";
  }
}
