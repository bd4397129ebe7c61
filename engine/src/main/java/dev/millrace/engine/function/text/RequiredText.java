package dev.millrace.engine.function.text;

/**
 * A text that every match of a regular expression contains, and how far after its begin at most.
 *
 * <p>Found in patterns that begin with things of known length followed by plain characters, such as
 * {@code (&|^)channel_id=([^&]*)}. What the analysis doesn't know ends it: then nothing is
 * required.
 *
 * @param text ASCII, at least two characters
 * @param lead the most characters that a match has before the text
 */
record RequiredText(String text, int lead) {
  private static final int MIN_LENGTH = 2;

  /** The text that all matches contain, or null if none was found. */
  static RequiredText of(String pattern) {
    return new Analysis(pattern).run();
  }

  /** One pass over the pattern, as far as it is understood. */
  private static final class Analysis {
    private static final int UNKNOWN = -1;
    private static final String ONE_CHARACTER_CLASSES = "dDwWsS";

    private final String pattern;
    private int at;

    Analysis(String pattern) {
      this.pattern = pattern;
    }

    /** Top-level alternatives require nothing: without this check the first would count for all. */
    RequiredText run() {
      RequiredText found = sequence();
      return found != null && !hasTopLevelAlternative() ? found : null;
    }

    private RequiredText sequence() {
      int lead = 0;
      StringBuilder run = new StringBuilder();
      while (at < pattern.length()) {
        int plain = plainCharacter();
        if (plain != UNKNOWN && !quantified()) {
          run.append((char) plain);
          continue;
        }
        if (run.length() >= MIN_LENGTH) {
          break;
        }
        int length = plain == UNKNOWN ? item() : 1;
        length = length == UNKNOWN ? UNKNOWN : times(length);
        if (length == UNKNOWN) {
          return null;
        }
        lead += run.length() + length;
        run.setLength(0);
      }
      return run.length() >= MIN_LENGTH ? new RequiredText(run.toString(), lead) : null;
    }

    /** Reads a character that stands for itself, if one comes next. */
    private int plainCharacter() {
      char c = pattern.charAt(at);
      if (c == '\\' && at + 1 < pattern.length()) {
        char escaped = pattern.charAt(at + 1);
        boolean punctuation =
            escaped > ' ' && escaped < 0x7F && !Character.isLetterOrDigit(escaped);
        at += punctuation ? 2 : 0;
        return punctuation ? escaped : UNKNOWN;
      }
      if (c >= 0x7F || c < ' ' || "\\^$.|?*+()[]{}".indexOf(c) >= 0) {
        return UNKNOWN;
      }
      at++;
      return c;
    }

    private boolean quantified() {
      return at < pattern.length() && "?*+{".indexOf(pattern.charAt(at)) >= 0;
    }

    /** Reads one thing that is no plain character; returns the most characters it matches. */
    private int item() {
      char c = pattern.charAt(at++);
      return switch (c) {
        case '^', '$' -> 0;
        case '.' -> 1;
        case '[' -> characterClass();
        case '(' -> group();
        case '\\' -> escape();
        default -> UNKNOWN;
      };
    }

    private int escape() {
      boolean one = at < pattern.length() && ONE_CHARACTER_CLASSES.indexOf(pattern.charAt(at)) >= 0;
      at++;
      return one ? 1 : UNKNOWN;
    }

    /** A class without nesting or escapes. */
    private int characterClass() {
      at += at < pattern.length() && pattern.charAt(at) == '^' ? 1 : 0;
      int first = at;
      while (at < pattern.length() && pattern.charAt(at) != ']') {
        if ("[\\&".indexOf(pattern.charAt(at)) >= 0 && !isLoneAmpersand()) {
          return UNKNOWN;
        }
        at++;
      }
      return at++ > first && at <= pattern.length() ? 1 : UNKNOWN;
    }

    private boolean isLoneAmpersand() {
      return pattern.charAt(at) == '&' && !pattern.startsWith("&&", at);
    }

    /** A group of alternatives, each a sequence of known length. */
    private int group() {
      if (at < pattern.length() && pattern.charAt(at) == '?') {
        return UNKNOWN;
      }
      int longest = 0;
      int length = 0;
      while (at < pattern.length()) {
        char c = pattern.charAt(at);
        if (c == ')') {
          at++;
          return Math.max(longest, length);
        }
        if (c == '|') {
          at++;
          longest = Math.max(longest, length);
          length = 0;
          continue;
        }
        int next = plainCharacter() == UNKNOWN ? item() : 1;
        next = next == UNKNOWN ? UNKNOWN : times(next);
        if (next == UNKNOWN) {
          return UNKNOWN;
        }
        length += next;
      }
      return UNKNOWN;
    }

    /** The length with the quantifier that follows: once or not at all, or of no known bound. */
    private int times(int length) {
      if (!quantified()) {
        return length;
      }
      boolean optional = pattern.charAt(at) == '?';
      at++;
      return optional && !quantified() ? length : UNKNOWN;
    }

    /** Whether the rest, which the analysis did not read, may hold a bar outside of groups. */
    private boolean hasTopLevelAlternative() {
      int depth = 0;
      for (int i = at; i < pattern.length(); i++) {
        switch (pattern.charAt(i)) {
          case '\\', '[' -> {
            return pattern.indexOf('|', i) >= 0;
          }
          case '(' -> depth++;
          case ')' -> depth--;
          case '|' -> {
            if (depth <= 0) {
              return true;
            }
          }
          default -> {}
        }
      }
      return false;
    }
  }
}
