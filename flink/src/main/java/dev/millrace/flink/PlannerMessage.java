package dev.millrace.flink;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.factories.DecodingFormatFactory;
import org.apache.flink.table.factories.EncodingFormatFactory;
import org.apache.flink.table.factories.Factory;

/**
 * What a failure of the planner says, in one line without Flink's class names.
 *
 * @param line the line
 * @param literal the string literal of the script that is to blame, or null
 * @param ofOptions whether the options of a table are to blame
 */
record PlannerMessage(String line, String literal, boolean ofOptions) {
  private static final Pattern NO_FACTORY =
      Pattern.compile(
          "Could not find any (format )?factory for identifier '([^']*)'"
              + "(?: that implements '[\\w.]*\\.(\\w+)')? in the classpath\\."
              + "(?:\\s+Available factory identifiers are:\\s+([\\w\\s-]+))?");

  private static final Pattern UNKNOWN_OPTIONS =
      Pattern.compile(
          "Unsupported options found for '([^']*)'\\.\\s+Unsupported options:\\s+(\\S+)[^:]*"
              + "Supported options:\\s+((?:\\S+\\s*)+)");

  private static final Pattern MISSING_OPTIONS =
      Pattern.compile("Missing required options are:\\s+((?:\\S+\\s*)+)");

  private static final Pattern BAD_VALUE =
      Pattern.compile("Could not parse value '(.*)' for key '([^']*)'\\.");

  private static final Pattern CHOICES = Pattern.compile("Expected one of: \\[\\[(.*)\\]\\]");

  private static final Pattern PARSER =
      Pattern.compile(
          "(?:Encountered \"(.*?)\"|syntax near the keyword '(.*?)') at line .*?\n"
              + "Was expecting(?: one of)?:(.*)",
          Pattern.DOTALL);

  /** More expected tokens than this are a list of the whole grammar, and help nobody. */
  private static final int FEW = 4;

  private static final Pattern NOT_IN_SCRIPTS =
      Pattern.compile(
          "Unsupported SQL query! executeSql\\(\\)|doesn't support ExecutableOperation");

  private static final Pattern NOISE =
      Pattern.compile(
          "^(SQL (validation|parse) failed\\. )+|(From|At) line \\d+, column \\d+"
              + "( to line \\d+, column \\d+)?: |`?default_catalog`?\\.`?default_database`?\\.");

  private static PlannerMessage plain(String line) {
    return new PlannerMessage(line, null, false);
  }

  /** {@code text} is what all of the chain say, a line each. */
  static PlannerMessage of(List<Throwable> chain, String text) {
    for (Throwable throwable : chain) {
      if (throwable instanceof MillraceException ours) {
        return plain(ours.getMessage());
      }
    }
    Matcher matcher = NO_FACTORY.matcher(text);
    if (matcher.find()) {
      return noFactory(matcher);
    }
    if (matcher.usePattern(UNKNOWN_OPTIONS).reset().find()) {
      return unknownOption(matcher);
    }
    if (matcher.usePattern(MISSING_OPTIONS).reset().find()) {
      List<String> missing = words(matcher.group(1));
      return new PlannerMessage("Missing options: " + String.join(", ", missing) + ".", null, true);
    }
    if (matcher.usePattern(BAD_VALUE).reset().find()) {
      return badValue(matcher, chain, text);
    }
    if (matcher.usePattern(PARSER).reset().find()) {
      return plain(unexpected(matcher));
    }
    if (matcher.usePattern(NOT_IN_SCRIPTS).reset().find()) {
      return plain("This statement is not possible in a script.");
    }
    return plain(RootCause.sentence(essence(chain)));
  }

  private static List<String> words(String text) {
    return text == null ? List.of() : Arrays.asList(text.strip().split("\\s+"));
  }

  private static PlannerMessage noFactory(Matcher matcher) {
    boolean format = matcher.group(1) != null;
    String name = matcher.group(2);
    List<String> known = format ? formats() : words(matcher.group(4));
    String kind = format ? "format" : kind(matcher.group(3));
    String line = "There is no %s '%s'%s".formatted(kind, name, hintOr(name, known));
    return new PlannerMessage(line, name, true);
  }

  private static String kind(String factory) {
    return switch (factory) {
      case "CatalogFactory" -> "catalog type";
      case "ModuleFactory" -> "module";
      default -> "connector";
    };
  }

  /** Flink doesn't list the formats that it knows. */
  private static List<String> formats() {
    return ServiceLoader.load(Factory.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(f -> f instanceof DecodingFormatFactory || f instanceof EncodingFormatFactory)
        .map(Factory::factoryIdentifier)
        .sorted()
        .distinct()
        .toList();
  }

  private static String hintOr(String name, List<String> known) {
    String hint = Nearest.hint(name, known);
    if (!hint.isEmpty()) {
      return hint;
    }
    return known.isEmpty() ? "." : "; known are: " + String.join(", ", known) + ".";
  }

  private static PlannerMessage unknownOption(Matcher matcher) {
    String name = matcher.group(2);
    String line =
        "'%s' has no option '%s'%s"
            .formatted(matcher.group(1), name, hintOr(name, words(matcher.group(3))));
    return new PlannerMessage(line, name, true);
  }

  private static PlannerMessage badValue(Matcher matcher, List<Throwable> chain, String text) {
    String value = matcher.group(1);
    String line = "Option '%s' can't have the value '%s'".formatted(matcher.group(2), value);
    Matcher choices = CHOICES.matcher(text);
    if (choices.find()) {
      line += hintOr(value, Arrays.asList(choices.group(1).split(", ")));
    } else {
      Throwable root = chain.get(chain.size() - 1);
      boolean says = !BAD_VALUE.matcher(String.valueOf(root.getMessage())).find();
      line += says ? ": " + RootCause.sentence(root.getMessage()) : ".";
    }
    return new PlannerMessage(line, matcher.group(2), true);
  }

  private static String unexpected(Matcher matcher) {
    String found = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    String what = found.equals("<EOF>") ? "Unexpected end of the statement" : "Unexpected " + found;
    List<String> expected =
        Arrays.stream(matcher.group(3).split("\\.\\.\\."))
            .map(token -> token.replace("\"", "").strip())
            .filter(token -> !token.isEmpty())
            .toList();
    return expected.size() > FEW
        ? what + "."
        : what + "; expected " + String.join(" or ", expected) + ".";
  }

  /** The innermost message of the planner itself, and what the JDK adds to it. */
  private static String essence(List<Throwable> chain) {
    int last = chain.size() - 1;
    int own = last;
    while (own > 0 && !isPlanners(chain.get(own))) {
      own--;
    }
    String line = NOISE.matcher(String.valueOf(chain.get(own).getMessage())).replaceAll("");
    String root = RootCause.describe(chain.get(last));
    return own == last || line.contains(root) ? line : line.replaceFirst("\\.?\\s*$", ": ") + root;
  }

  private static boolean isPlanners(Throwable throwable) {
    String name = throwable.getClass().getName();
    return throwable.getMessage() != null
        && (name.startsWith("org.apache.flink.") || name.startsWith("org.apache.calcite."));
  }
}
