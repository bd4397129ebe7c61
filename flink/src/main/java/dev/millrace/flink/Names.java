package dev.millrace.flink;

import dev.millrace.engine.error.Nearest;
import java.util.Collection;
import java.util.TreeSet;

/** Ends a sentence about an unknown name. */
final class Names {
  private Names() {}

  /** The nearest known name, or else all that are known. */
  static String hintOr(String wrong, Collection<String> known) {
    String hint = Nearest.hint(wrong, known);
    if (!hint.isEmpty()) {
      return hint;
    }
    return known.isEmpty() ? "." : "; known are: " + String.join(", ", new TreeSet<>(known)) + ".";
  }
}
