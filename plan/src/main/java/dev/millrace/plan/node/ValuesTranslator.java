package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.connector.ValuesSource;
import dev.millrace.engine.dataflow.Node.SourceNode;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.rex.RexLiterals;
import java.util.ArrayList;
import java.util.List;

/** Rows that stand in the SQL. */
final class ValuesTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {}

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    DataType row = node.outputType();
    List<List<Object>> rows = new ArrayList<>();
    for (JsonNode tuple : node.get("tuples")) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < tuple.size(); i++) {
        values.add(RexLiterals.value(tuple.get(i).path("value"), row.child(i)));
      }
      rows.add(values);
    }
    ValuesSource source = new ValuesSource(row, rows);
    translation.add(
        new SourceNode(node.id(), Names.of(node), node.description(), source, row, null));
    return Flow.complete(node.id(), row, source.parallelism());
  }
}
