package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.window.RowTime;
import dev.millrace.engine.operator.window.SessionAggregate;
import dev.millrace.engine.operator.window.SessionSpec;
import dev.millrace.engine.operator.window.SliceSpec;
import dev.millrace.engine.operator.window.WindowAggregate;
import dev.millrace.engine.operator.window.WindowProperty;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;
import java.util.function.Supplier;

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
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        Flow.complete(node.id(), node.outputType(), 0).places(),
        operator(node, inputs.get(0), translation));
  }

  private static Supplier<Operator> operator(PlanNode node, Flow input, Translation translation) {
    List<WindowProperty> properties = Windowing.properties(node);
    Windowing windowing = Windowing.of(node);
    if (windowing.isSession()) {
      Keys keys = Keys.read(node.get("grouping"), input);
      RowTime time = windowing.time(input, translation.settings());
      SessionSpec spec = new SessionSpec(keys.columns(), keys.types(), time, windowing.gapMillis());
      JsonNode retracting = node.get("needRetraction");
      List<AggregateCall> calls = AggregateCalls.read(node, input, retracting);
      return () -> new SessionAggregate(spec, calls, retracting.asBoolean(), properties);
    }
    SliceSpec spec = spec(node, input, translation);
    return () -> new WindowAggregate(spec, false, properties);
  }

  /** How the rows of {@code input} are aggregated. */
  static SliceSpec spec(PlanNode node, Flow input, Translation translation) {
    Windowing windowing = Windowing.of(node);
    Keys key = Keys.read(node.get("grouping"), input);
    Keys keys = windowing.isAttachedSession() ? key.and(windowing.startColumn(), input) : key;
    return new SliceSpec(
        keys.columns(),
        keys.types(),
        AggregateCalls.read(node, input, node.get("needRetraction")),
        windowing.time(input, translation.settings()),
        windowing.windows(),
        node.get("needRetraction").asBoolean());
  }
}
