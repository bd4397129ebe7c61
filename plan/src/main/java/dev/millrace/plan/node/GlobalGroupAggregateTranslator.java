package dev.millrace.plan.node;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.operator.aggregate.GroupAggregate;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.type.TypeReader;
import java.util.List;

/** Merges what local aggregates deliver; its calls speak of the columns that those had. */
final class GlobalGroupAggregateTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    Keys.addUses(node.get("grouping"), inputs.get(0));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Keys keys = Keys.read(node.get("grouping"), inputs.get(0));
    Flow local = Flow.complete(0, TypeReader.read(node.get("localAggInputRowType")), 0);
    List<AggregateCall> calls =
        AggregateCalls.read(node, local, node.get("aggCallNeedRetractions"));
    GroupAggregate.Spec spec =
        new GroupAggregate.Spec(
            keys.columns(),
            keys.types(),
            AggregateCalls.resultTypes(calls),
            true,
            node.get("needRetraction").asBoolean(),
            node.get("generateUpdateBefore").asBoolean(),
            StateTtl.millis(node, 0));
    DataType row = node.outputType();
    return translation.addOperator(
        node,
        inputs,
        row,
        Flow.complete(node.id(), row, 0).places(),
        () -> new GroupAggregate(spec, new Aggregates(calls)));
  }
}
