package dev.millrace.flink;

import dev.millrace.plan.document.PlanDocument;
import java.util.List;

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

  /** Something to run. */
  sealed interface Planned extends Step {
    /** The compiled plan, placeholders in it unresolved. */
    PlanDocument plan();
  }

  /** The INSERT statements and statement sets of a script, as one job. */
  record Job(PlanDocument plan) implements Planned {}

  /** A bare SELECT: a job with one sink table, whose connector is {@link SelectTable#CONNECTOR}. */
  record Select(PlanDocument plan) implements Planned {}
}
