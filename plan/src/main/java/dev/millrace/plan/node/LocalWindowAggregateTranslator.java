package dev.millrace.plan.node;

import dev.millrace.engine.operator.window.LocalWindowAggregate;
import dev.millrace.engine.operator.window.SliceSpec;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;

/** Aggregates the rows of a batch by key and slice, before they are exchanged. */
final class LocalWindowAggregateTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    Keys.addUses(node.get("grouping"), inputs.get(0));
    AggregateCalls.addUses(node, inputs.get(0));
    Windowing.of(node).addUses(inputs.get(0));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    SliceSpec spec = WindowAggregateTranslator.spec(node, inputs.get(0), translation);
    DataType row = spec.stateRow();
    return translation.addOperator(
        node,
        inputs,
        row,
        Flow.complete(node.id(), row, 0).places(),
        () -> new LocalWindowAggregate(spec));
  }
}
