package dev.millrace.benchmarks.nexmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The SQL of the Nexmark queries, in our own wording. */
public final class NexmarkQueries {
  public static final List<String> ALL =
      IntStream.rangeClosed(0, 22).mapToObj(n -> "q" + n).toList();

  /** Those whose windows follow the clock: no two runs have the same result. */
  private static final Set<String> BY_THE_CLOCK = Set.of("q12");

  /** Those that take of equal rows the one that came first or last: several readers mix them. */
  private static final Set<String> BY_ARRIVAL = Set.of("q18", "q19");

  private NexmarkQueries() {}

  /** Whether two runs must have the same result. */
  public static boolean comparable(String query) {
    return !BY_THE_CLOCK.contains(query);
  }

  /** Whether they must only if one instance reads the events, in their order. */
  static boolean ordered(String query) {
    return BY_ARRIVAL.contains(query);
  }

  /**
   * The script of one query.
   *
   * @param source options of the event table
   * @param sink options of the result table
   * @param files URI of the folder for a result in files
   */
  public static String script(String query, String source, String sink, String files)
      throws IOException {
    return (resource("tables") + resource(query))
        .replace("${source}", source)
        .replace("${sink}", sink)
        .replace("${files}", files);
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = NexmarkQueries.class.getResourceAsStream("/nexmark/" + name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no query " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
