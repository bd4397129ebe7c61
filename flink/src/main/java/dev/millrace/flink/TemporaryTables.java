package dev.millrace.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.api.internal.TableEnvironmentInternal;
import org.apache.flink.table.catalog.ResolvedCatalogTable;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.flink.table.planner.delegation.PlannerBase;
import org.apache.flink.table.planner.plan.nodes.exec.serde.CompiledPlanSerdeUtil;

/**
 * Puts the definitions of temporary tables into plans: Flink writes only their names, so that such
 * a plan would be of no use outside the session.
 */
final class TemporaryTables {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TableEnvironmentInternal environment;
  private final Map<String, ResolvedCatalogTable> tables = new HashMap<>();

  TemporaryTables(TableEnvironmentInternal environment) {
    this.environment = environment;
  }

  /** Notes the definition; the table may be dropped before the plan is made. */
  void add(CreateTableOperation create) {
    if (create.isTemporary()) {
      tables.put(create.getTableIdentifier().asSerializableString(), create.getCatalogTable());
    }
  }

  /** The plan with the definitions added. */
  String complete(String plan) {
    if (tables.isEmpty()) {
      return plan;
    }
    try {
      JsonNode tree = JSON.readTree(plan);
      for (JsonNode parent : tree.findParents("identifier")) {
        complete((ObjectNode) parent);
      }
      return JSON.writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a compiled plan is not JSON", e);
    }
  }

  private void complete(ObjectNode table) throws JsonProcessingException {
    ResolvedCatalogTable definition = tables.get(table.get("identifier").asText());
    if (definition != null && !table.has("resolvedTable")) {
      table.set("resolvedTable", JSON.readTree(flinksJson(environment, definition)));
    }
  }

  /** The definition of a table as plans hold it. */
  static String flinksJson(TableEnvironmentInternal environment, ResolvedCatalogTable table) {
    PlannerBase planner = (PlannerBase) ((TableEnvironmentImpl) environment).getPlanner();
    try {
      return CompiledPlanSerdeUtil.createJsonObjectWriter(planner.createSerdeContext())
          .writeValueAsString(table);
    } catch (IOException e) {
      throw new IllegalStateException("Flink cannot write a table as JSON", e);
    }
  }
}
