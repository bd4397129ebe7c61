package dev.millrace.plan.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.error.MillraceException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The graph of a compiled plan. Nodes stand in an order in which inputs precede consumers. */
public final class CompiledPlan {
  private final List<PlanNode> nodes = new ArrayList<>();
  private final Map<Integer, List<PlanEdge>> edgesByTarget = new LinkedHashMap<>();

  private final SqlPlaces places;
  private final JsonNode letterTable;

  CompiledPlan(JsonNode json, SqlPlaces places, JsonNode letterTable) {
    this.places = places;
    this.letterTable = letterTable;
    Map<Integer, PlanNode> byId = new LinkedHashMap<>();
    for (JsonNode node : json.path("nodes")) {
      PlanNode read = PlanNode.read(node);
      byId.put(read.id(), read);
    }
    for (JsonNode edge : json.path("edges")) {
      PlanEdge read = PlanEdge.read(edge);
      if (!byId.containsKey(read.source()) || !byId.containsKey(read.target())) {
        throw MillraceException.usage(
            "The plan is damaged: it has an edge from node %d to node %d, and one of them is missing."
                .formatted(read.source(), read.target()));
      }
      edgesByTarget.computeIfAbsent(read.target(), target -> new ArrayList<>()).add(read);
    }
    while (!byId.isEmpty()) {
      visit(byId.values().iterator().next(), byId, byId.size());
    }
  }

  /** Moves a node out of {@code waiting} to the end of the order, after its inputs. */
  private void visit(PlanNode node, Map<Integer, PlanNode> waiting, int depth) {
    if (depth < 0) {
      throw MillraceException.usage("The plan is damaged: its nodes form a circle.");
    }
    for (PlanEdge edge : inputs(node)) {
      PlanNode source = waiting.get(edge.source());
      if (source != null) {
        visit(source, waiting, depth - 1);
      }
    }
    waiting.remove(node.id());
    nodes.add(node);
  }

  /** Where in a script stands what the plan was made of. */
  public SqlPlaces places() {
    return places;
  }

  /** The dead-letter table, as nodes describe theirs; a missing node if there is none. */
  public JsonNode letterTable() {
    return letterTable;
  }

  public List<PlanNode> nodes() {
    return nodes;
  }

  /** The edges into a node, in the order of its inputs. */
  public List<PlanEdge> inputs(PlanNode node) {
    return edgesByTarget.getOrDefault(node.id(), List.of());
  }
}
