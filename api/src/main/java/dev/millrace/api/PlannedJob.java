package dev.millrace.api;

import dev.millrace.flink.Step;
import dev.millrace.flink.script.Position;
import dev.millrace.plan.document.PlanDocument;
import java.util.Map;

/**
 * A job that is ready to start.
 *
 * @param document the compiled plan with the session's settings
 * @param tables where the script defines each table, by full name; empty for a saved plan
 */
record PlannedJob(PlanDocument document, Map<String, Position> tables) {
  static PlannedJob of(Step.Plan plan) {
    return new PlannedJob(
        PlanDocument.of(plan.json(), plan.name(), plan.settings()), plan.tables());
  }

  static PlannedJob of(PlanDocument document) {
    return new PlannedJob(document, Map.of());
  }
}
