package dev.millrace.plan;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.plan.document.CompiledPlan;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.type.TypeReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the SELECT of a plan yields.
 *
 * @param rowType a ROW of its columns
 * @param changelog whether rows may be updated or deleted
 */
public record SelectSchema(DataType rowType, boolean changelog) {
  /** That of the sink with the given connector; empty if the plan has none. */
  public static Optional<SelectSchema> find(CompiledPlan plan, String connector) {
    for (PlanNode node : plan.nodes()) {
      JsonNode table = node.get("dynamicTableSink").path("table").path("resolvedTable");
      if (table.path("options").path("connector").asText().equals(connector)) {
        return Optional.of(new SelectSchema(rowType(table), changelog(node)));
      }
    }
    return Optional.empty();
  }

  private static DataType rowType(JsonNode table) {
    List<Field> fields = new ArrayList<>();
    for (JsonNode column : table.path("schema").path("columns")) {
      fields.add(new Field(column.get("name").asText(), TypeReader.read(column.get("dataType"))));
    }
    return DataType.row(fields);
  }

  private static boolean changelog(PlanNode node) {
    JsonNode kinds = node.get("inputChangelogMode");
    return kinds.size() != 1 || !kinds.get(0).asText().equals("INSERT");
  }
}
