package dev.millrace.plan.node;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.operator.aggregate.LocalGroupAggregate;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;

/**
 * Aggregates the rows of each batch, ahead of an exchange. What it delivers has columns of our own,
 * except for the key, which comes first.
 */
final class LocalGroupAggregateTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    Keys.addUses(node.get("grouping"), inputs.get(0));
    AggregateCalls.addUses(node, inputs.get(0));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Keys keys = Keys.read(node.get("grouping"), inputs.get(0));
    List<AggregateCall> calls =
        AggregateCalls.read(node, inputs.get(0), node.get("aggCallNeedRetractions"));
    boolean retracting = node.get("needRetraction").asBoolean();
    DataType row =
        LocalGroupAggregate.row(keys.types(), retracting, new Aggregates(calls).stateTypes());
    LocalGroupAggregate.Spec spec =
        new LocalGroupAggregate.Spec(keys.columns(), keys.types(), retracting);
    return translation.addOperator(
        node,
        inputs,
        row,
        Flow.complete(node.id(), row, 0).places(),
        () -> new LocalGroupAggregate(spec, new Aggregates(calls)));
  }
}
