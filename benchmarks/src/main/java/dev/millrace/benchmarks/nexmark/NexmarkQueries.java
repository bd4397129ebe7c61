package dev.millrace.benchmarks.nexmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The SQL of the Nexmark queries, in our own wording. */
final class NexmarkQueries {
  private NexmarkQueries() {}

  /**
   * The script of one query.
   *
   * @param source options of the event table
   * @param sink options of the result table
   */
  static String script(String query, String source, String sink) throws IOException {
    return (resource("tables") + resource(query))
        .replace("${source}", source)
        .replace("${sink}", sink);
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
