package dev.millrace.plan.node;

import dev.millrace.plan.document.CompiledPlan;
import dev.millrace.plan.document.PlanEdge;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.document.SqlPlaces;
import dev.millrace.plan.document.SqlPlaces.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds for the tables and nodes of a plan where they stand in the SQL. */
final class Subjects {
  private final SqlPlaces places;

  /** The statement that each node belongs to; the first, if several share it. */
  private final Map<Integer, Writer> writers = new HashMap<>();

  Subjects(CompiledPlan plan) {
    places = plan.places();
    Map<Integer, PlanNode> nodes = new HashMap<>();
    plan.nodes().forEach(node -> nodes.put(node.id(), node));
    List<Writer> unmatched = new ArrayList<>(places.writers());
    for (PlanNode node : plan.nodes()) {
      if (node.json().has("dynamicTableSink")) {
        String table = TableSpec.read(node.get("dynamicTableSink").path("table")).fullName();
        unmatched.stream()
            .filter(writer -> writer.table().equals(table))
            .findFirst()
            .ifPresent(
                writer -> {
                  unmatched.remove(writer);
                  assign(node, writer, plan, nodes);
                });
      }
    }
  }

  private void assign(
      PlanNode node, Writer writer, CompiledPlan plan, Map<Integer, PlanNode> nodes) {
    if (writers.putIfAbsent(node.id(), writer) == null) {
      for (PlanEdge edge : plan.inputs(node)) {
        assign(nodes.get(edge.source()), writer, plan, nodes);
      }
    }
  }

  /** A node, at the statement that it belongs to. */
  Subject of(PlanNode node) {
    return of(node.description(), node);
  }

  /** A table, at the statement that made it. */
  Subject of(TableSpec table) {
    return new Subject(table.owner(), places.tables().get(table.fullName()), Map.of());
  }

  /** A table, at the statement that the node belongs to, which does something with it. */
  Subject of(TableSpec table, PlanNode node) {
    return of(table.owner(), node);
  }

  private Subject of(String words, PlanNode node) {
    Writer writer = writers.get(node.id());
    return writer == null
        ? new Subject(words, null, Map.of())
        : new Subject(words, writer.place(), writer.functions());
  }
}
