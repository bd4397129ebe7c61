package dev.millrace.plan.node;

import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.rank.Deduplicate;
import dev.millrace.engine.operator.rank.FirstArrivals;
import dev.millrace.engine.operator.rank.FirstInTime;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;

/** Keeps the first or the last row of each key, by row time or by arrival. */
final class DeduplicateTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    ColumnUses input = inputs.get(0);
    input.addSame(output);
    Keys.addUses(node.get("uniqueKeys"), input);
    if (node.get("isRowtime").asBoolean()) {
      input.addColumn(rowtime(node));
    }
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Flow input = inputs.get(0);
    boolean byRowtime = node.get("isRowtime").asBoolean();
    Keys keys = Keys.read(node.get("uniqueKeys"), input);
    Deduplicate.Spec spec =
        new Deduplicate.Spec(
            input.batchTypes(),
            keys.columns(),
            byRowtime ? input.places()[rowtime(node)] : -1,
            node.get("keepLastRow").asBoolean(),
            node.get("generateUpdateBefore").asBoolean(),
            StateTtl.millis(node, 0));
    boolean insertOnly = node.get("outputInsertOnly").asBoolean();
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        input.places(),
        () -> operator(spec, keys.types(), insertOnly));
  }

  private static Operator operator(
      Deduplicate.Spec spec, List<DataType> keyTypes, boolean insertOnly) {
    if (spec.rowtime() < 0 && !spec.last()) {
      return new FirstArrivals(spec.key(), keyTypes, spec.ttlMillis());
    }
    return insertOnly && !spec.last() ? new FirstInTime(spec) : new Deduplicate(spec);
  }

  /** As Flink does, the first column that is a row time: the plan does not name it. */
  private static int rowtime(PlanNode node) {
    var fields = node.get("outputType").path("fields");
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).path("fieldType").path("kind").asText().equals("ROWTIME")) {
        return i;
      }
    }
    throw new IllegalStateException("no row time in " + node.description());
  }
}
