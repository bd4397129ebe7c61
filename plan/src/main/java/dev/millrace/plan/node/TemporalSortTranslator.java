package dev.millrace.plan.node;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.operator.sort.ProcessingTimeSort;
import dev.millrace.engine.operator.sort.RowTimeSort;
import dev.millrace.engine.operator.sort.SortSpec;
import dev.millrace.engine.state.SortColumn;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;

/** ORDER BY a time attribute, then perhaps by other columns. */
final class TemporalSortTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    inputs.get(0).addSame(output);
    SortColumns.addUses(node.get("orderBy"), inputs.get(0));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    if (!node.get("orderBy").path("fields").path(0).path("isAscending").asBoolean()) {
      throw MillraceException.usage(
          "Sort: Primary sort order of a streaming table must be ascending on time. Leave out DESC.");
    }
    Flow input = inputs.get(0);
    List<SortColumn> order = SortColumns.read(node.get("orderBy"), input);
    if (isRowtime(node)) {
      SortSpec spec = new SortSpec(input.batchTypes(), order);
      return translation.addOperator(
          node, inputs, node.outputType(), input.places(), () -> new RowTimeSort(spec));
    }
    if (order.size() == 1) {
      return input;
    }
    SortSpec spec = new SortSpec(input.batchTypes(), order.subList(1, order.size()));
    return translation.addOperator(
        node, inputs, node.outputType(), input.places(), () -> new ProcessingTimeSort(spec));
  }

  private static boolean isRowtime(PlanNode node) {
    int column = node.get("orderBy").path("fields").path(0).get("index").intValue();
    return node.get("outputType")
        .path("fields")
        .path(column)
        .path("fieldType")
        .path("kind")
        .asText()
        .equals("ROWTIME");
  }
}
