package dev.millrace.plan.document;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An edge of a compiled plan, between the ids of two nodes; {@code shuffle} says how rows get from
 * one to the other.
 */
public record PlanEdge(int source, int target, JsonNode shuffle) {
  static PlanEdge read(JsonNode json) {
    return new PlanEdge(
        json.path("source").intValue(), json.path("target").intValue(), json.path("shuffle"));
  }
}
