package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.millrace.engine.dataflow.Dataflow;
import dev.millrace.engine.dataflow.Node;
import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.Golden;
import dev.millrace.plan.document.PlanDocument;
import dev.millrace.plan.document.PlanSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Translates golden plans, as they are or changed, with tables in memory. */
abstract class PlanTest {
  static final String READINGS =
      "TableSourceScan(table=[[default_catalog, default_database, readings";
  static final String SCAN = "TableSourceScan";
  static final String PARTLY = "Sink(table=[default_catalog.default_database.partly]";

  final TestTables tables = new TestTables();

  final Dataflow translate(PlanDocument document, Map<String, String> configuration) {
    return PlanTranslator.translate(
        document.plan(), new PlanSettings(configuration), tables.connectors());
  }

  final Dataflow translate(String golden) {
    return translate(Golden.document(golden), Map.of());
  }

  final Dataflow translate(String golden, Consumer<ObjectNode> change) {
    return translate(changed(golden, change), Map.of());
  }

  /** What is unsupported in a golden plan after a change of its JSON. */
  final List<String> reasons(String golden, Consumer<ObjectNode> change) {
    return reasons(changed(golden, change), Map.of());
  }

  final List<String> reasons(PlanDocument document, Map<String, String> configuration) {
    try {
      translate(document, configuration);
      return List.of();
    } catch (UnsupportedException e) {
      return e.reasons();
    }
  }

  static PlanDocument changed(String golden, Consumer<ObjectNode> change) {
    ObjectNode json = (ObjectNode) Golden.tree(Golden.json(golden));
    change.accept(json);
    return PlanDocument.parse(json.toString(), golden);
  }

  /** The first node of a plan whose description starts so. */
  static ObjectNode node(JsonNode plan, String description) {
    for (JsonNode node : plan.get("nodes")) {
      if (node.get("description").asText().startsWith(description)) {
        return (ObjectNode) node;
      }
    }
    throw new IllegalArgumentException(description);
  }

  /** What a scan or sink says of its table, with its abilities. */
  static ObjectNode tableSpec(JsonNode plan, String description) {
    ObjectNode node = node(plan, description);
    return (ObjectNode)
        node.get(node.has("scanTableSource") ? "scanTableSource" : "dynamicTableSink");
  }

  static ObjectNode tableOptions(JsonNode plan, String description) {
    return (ObjectNode) tableSpec(plan, description).at("/table/resolvedTable/options");
  }

  static SourceNode source(Dataflow dataflow) {
    return find(dataflow, SourceNode.class, "Source");
  }

  static OperatorNode operator(Dataflow dataflow, String name) {
    return find(dataflow, OperatorNode.class, name);
  }

  /** The first node of a dataflow whose name starts so. */
  static <N extends Node> N find(Dataflow dataflow, Class<N> type, String name) {
    return dataflow.nodes().stream()
        .filter(node -> type.isInstance(node) && node.name().startsWith(name))
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  static List<String> names(DataType row) {
    return row.children().stream().map(DataType.Field::name).toList();
  }
}
