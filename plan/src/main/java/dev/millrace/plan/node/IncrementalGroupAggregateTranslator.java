package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.IncrementalAggregates;
import dev.millrace.engine.operator.aggregate.IncrementalGroupAggregate;
import dev.millrace.engine.operator.aggregate.LocalGroupAggregate;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.type.TypeReader;
import java.util.ArrayList;
import java.util.List;

/** Keeps DISTINCT arguments by bucket, between a local aggregate and the global one. */
final class IncrementalGroupAggregateTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    Keys.addUses(node.get("partialAggGrouping"), inputs.get(0));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Keys keys = Keys.read(node.get("partialAggGrouping"), inputs.get(0));
    List<Integer> group = new ArrayList<>();
    for (JsonNode column : node.get("finalAggGrouping")) {
      group.add(column.intValue());
    }
    Flow local = Flow.complete(0, TypeReader.read(node.get("partialLocalAggInputRowType")), 0);
    List<AggregateCall> calls =
        AggregateCalls.read(
            node.get("partialOriginalAggCalls"), local, node.get("partialAggCallNeedRetractions"));
    IncrementalGroupAggregate.Spec spec =
        new IncrementalGroupAggregate.Spec(
            keys.types(),
            group,
            node.get("partialAggNeedRetraction").asBoolean(),
            StateTtl.millis(node, 0));
    DataType row =
        LocalGroupAggregate.row(
            spec.groupTypes(), spec.retracting(), new IncrementalAggregates(calls).stateTypes());
    return translation.addOperator(
        node,
        inputs,
        row,
        Flow.complete(node.id(), row, 0).places(),
        () -> new IncrementalGroupAggregate(spec, new IncrementalAggregates(calls)));
  }
}
