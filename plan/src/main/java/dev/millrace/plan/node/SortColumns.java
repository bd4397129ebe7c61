package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.state.SortColumn;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.List;

/** The columns of an ORDER BY in a plan. */
final class SortColumns {
  private SortColumns() {}

  static void addUses(JsonNode order, ColumnUses input) {
    order.path("fields").forEach(field -> input.addColumn(field.get("index").intValue()));
  }

  /** The columns, with their places in batches of {@code input}. */
  static List<SortColumn> read(JsonNode order, Flow input) {
    List<SortColumn> columns = new ArrayList<>();
    for (JsonNode field : order.path("fields")) {
      int column = field.get("index").intValue();
      columns.add(
          new SortColumn(
              input.places()[column],
              input.row().child(column),
              field.get("isAscending").asBoolean(),
              field.get("nullIsLast").asBoolean()));
    }
    return columns;
  }
}
