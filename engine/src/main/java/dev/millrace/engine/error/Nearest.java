package dev.millrace.engine.error;

import java.util.Collection;
import java.util.Locale;

/** Finds the known name that a user most likely meant, for "did you mean" in error lines. */
public final class Nearest {
  private Nearest() {}

  /** {@code "; did you mean 'x'?"} for the nearest known name, or "" when none is near. */
  public static String hint(String wrong, Collection<String> known) {
    String best = null;
    int bestDistance = Math.max(2, wrong.length() / 3) + 1;
    for (String name : known) {
      int distance = distance(wrong.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        best = name;
        bestDistance = distance;
      }
    }
    return best == null ? "" : "; did you mean '" + best + "'?";
  }

  /** The same as the end of a sentence: a full stop when no known name is near. */
  public static String hintOr(String wrong, Collection<String> known) {
    String hint = hint(wrong, known);
    return hint.isEmpty() ? "." : hint;
  }

  /** Levenshtein distance, two rows at a time. */
  private static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
