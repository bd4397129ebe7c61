package dev.millrace.plan.node;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.window.SliceSpec;
import dev.millrace.engine.operator.window.WindowAggregate;
import dev.millrace.engine.operator.window.WindowProperty;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.type.TypeReader;
import java.util.List;

/** Merges by key and window what local window aggregates know. */
final class GlobalWindowAggregateTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    Keys.addUses(node.get("grouping"), inputs.get(0));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Windowing windowing = Windowing.of(node);
    if (windowing.isAttachedSession()) {
      throw new UnsupportedException("aggregation of sessions in two phases");
    }
    Keys keys = Keys.read(node.get("grouping"), inputs.get(0));
    DataType localInput = TypeReader.read(node.get("localAggInputRowType"));
    List<AggregateCall> calls =
        AggregateCalls.read(
            node, Flow.complete(node.id(), localInput, 0), node.get("needRetraction"));
    SliceSpec spec =
        new SliceSpec(
            keys.columns(),
            keys.types(),
            calls,
            windowing.sliceEnd(keys.columns().size(), translation.settings()),
            windowing.windows(),
            node.get("needRetraction").asBoolean());
    List<WindowProperty> properties = Windowing.properties(node);
    DataType row = node.outputType();
    return translation.addOperator(
        node,
        inputs,
        row,
        Flow.complete(node.id(), row, 0).places(),
        () -> new WindowAggregate(spec, true, properties));
  }
}
