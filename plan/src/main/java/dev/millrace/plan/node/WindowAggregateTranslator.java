package dev.millrace.plan.node;

import dev.millrace.engine.operator.window.SliceSpec;
import dev.millrace.engine.operator.window.WindowAggregate;
import dev.millrace.engine.operator.window.WindowProperty;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;

/** Aggregates rows by key and window. */
final class WindowAggregateTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    Keys.addUses(node.get("grouping"), inputs.get(0));
    AggregateCalls.addUses(node, inputs.get(0));
    Windowing.of(node).addUses(inputs.get(0));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    List<WindowProperty> properties = Windowing.properties(node);
    SliceSpec spec = spec(node, inputs.get(0), translation);
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        Flow.complete(node.id(), node.outputType(), 0).places(),
        () -> new WindowAggregate(spec, false, properties));
  }

  /** How the rows of {@code input} are aggregated. */
  static SliceSpec spec(PlanNode node, Flow input, Translation translation) {
    Windowing windowing = Windowing.of(node);
    Keys keys = Keys.read(node.get("grouping"), input);
    return new SliceSpec(
        keys.columns(),
        keys.types(),
        AggregateCalls.read(node, input, node.get("needRetraction")),
        windowing.time(input, translation.settings()),
        windowing.windows(),
        node.get("needRetraction").asBoolean());
  }
}
