package dev.millrace.flink;

import dev.millrace.engine.option.Placeholders;
import dev.millrace.flink.script.Script;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A front end for tests, with an environment of its own. */
final class Sql {
  static final String SECRET = "s3cr3t-Wert";

  private final FrontEnd frontEnd;

  Sql(Placeholders placeholders) {
    frontEnd = new FrontEnd(placeholders, Set.of("millrace.status.interval"));
  }

  Sql() {
    this(placeholders());
  }

  static Placeholders placeholders() {
    return new Placeholders(Map.of("SECRET", SECRET, "ROWS", "3")::get);
  }

  FrontEnd frontEnd() {
    return frontEnd;
  }

  List<Step> run(String... lines) {
    return frontEnd.run(new Script("test.sql", String.join("\n", lines)));
  }

  /** The one step of a script. */
  <T extends Step> T only(Class<T> type, String... lines) {
    List<Step> steps = run(lines);
    if (steps.size() != 1) {
      throw new AssertionError("expected one step, got " + steps);
    }
    return type.cast(steps.get(0));
  }
}
