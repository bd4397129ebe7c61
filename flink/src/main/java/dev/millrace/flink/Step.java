package dev.millrace.flink;

import dev.millrace.flink.script.Position;
import java.util.List;
import java.util.Map;

/** What a part of a script comes to: something to print, or a job to run. */
public sealed interface Step {
  /**
   * A statement's result.
   *
   * @param columns the columns' names
   * @param rows the cells as text, null for NULL
   */
  record Output(List<String> columns, List<List<String>> rows) implements Step {
    /** Whether it is one text of several lines, such as that of EXPLAIN, and not a table. */
    public boolean isText() {
      return rows.size() == 1
          && columns.size() == 1
          && rows.get(0).get(0) != null
          && rows.get(0).get(0).contains("\n");
    }
  }

  /** Something to run: a compiled plan and what belongs to it. */
  sealed interface Planned extends Step {
    Plan plan();
  }

  /** The INSERT statements and statement sets of a script, as one job. */
  record Job(Plan plan) implements Planned {}

  /** A bare SELECT: a job with one sink table, whose connector is {@link SelectTable#CONNECTOR}. */
  record Select(Plan plan) implements Planned {}

  /**
   * A compiled plan.
   *
   * @param name what the job is called
   * @param json Flink's compiled plan, placeholders in it unresolved
   * @param settings the session's settings by name, {@code millrace.*} and Flink's, values as
   *     written: placeholders unresolved
   * @param sinks where the statement of each sink begins, in the script's order
   * @param tables where the statement that made a table begins, by the table's full name as the
   *     plan writes it
   */
  record Plan(
      String name,
      String json,
      Map<String, String> settings,
      List<Sink> sinks,
      Map<String, Position> tables) {}

  /** A sink table by its full name, and the statement that writes to it. */
  record Sink(String table, Position position) {}
}
