package dev.millrace.plan.node;

import dev.millrace.engine.error.MillraceException;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a part of a plan is called in messages, and where it stands in the SQL.
 *
 * @param words {@code table 'orders'}, or the description of a node
 * @param place {@code job.sql:3:1}, or null if it is not known
 * @param functions the places of function calls by name in upper case
 */
record Subject(String words, String place, Map<String, String> functions) {
  /** How reasons begin that blame a function: {@code user function cat.db.shout(STRING)}. */
  private static final Pattern FUNCTION =
      Pattern.compile("^(?:user )?function (?:[^(]*\\.)?(\\w+)");

  /** The reason with its place and with the words, unless it holds them already. */
  String blamedFor(String reason) {
    String joint = words.startsWith("table ") ? " of " : " in ";
    String at = place(reason);
    return (at == null ? "" : at + ": ")
        + (reason.contains(words) ? reason : reason + joint + words);
  }

  /** A user's error with its place; any other failure, and one that has a place, as it is. */
  MillraceException blamedFor(MillraceException failure) {
    boolean placed = place == null || failure.getCause() instanceof MillraceException;
    return placed || failure.kind() != MillraceException.Kind.USAGE
        ? failure
        : MillraceException.usage(place + ": " + failure.getMessage(), failure);
  }

  private String place(String reason) {
    Matcher function = FUNCTION.matcher(reason);
    return function.find()
        ? functions.getOrDefault(function.group(1).toUpperCase(Locale.ROOT), place)
        : place;
  }
}
