package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.operator.join.IntervalJoin;
import dev.millrace.engine.operator.join.JoinSpec;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;

/** Joins rows whose times are not too far apart. */
final class IntervalJoinTranslator implements NodeTranslator {
  private static final String LEFT_TIME = "leftTimeIndex";
  private static final String RIGHT_TIME = "rightTimeIndex";

  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    JoinInputs.addUses(joinSpec(node), output, inputs);
    if (isRowTime(node)) {
      inputs.get(0).addColumn(bounds(node).get(LEFT_TIME).intValue());
      inputs.get(1).addColumn(bounds(node).get(RIGHT_TIME).intValue());
    }
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    JoinInputs both = new JoinInputs(joinSpec(node), inputs);
    JoinSpec spec = both.spec();
    IntervalJoin.Interval interval =
        new IntervalJoin.Interval(
            bounds(node).get("leftLowerBound").longValue(),
            bounds(node).get("leftUpperBound").longValue(),
            timeColumn(node, LEFT_TIME, inputs.get(0)),
            timeColumn(node, RIGHT_TIME, inputs.get(1)));
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        both.outputPlaces(),
        () -> new IntervalJoin(spec, interval, both.condition()));
  }

  private static int timeColumn(PlanNode node, String name, Flow input) {
    return isRowTime(node) ? input.places()[bounds(node).get(name).intValue()] : -1;
  }

  private static boolean isRowTime(PlanNode node) {
    return bounds(node).get("isEventTime").asBoolean();
  }

  private static JsonNode joinSpec(PlanNode node) {
    return node.get("intervalJoinSpec").get("joinSpec");
  }

  private static JsonNode bounds(PlanNode node) {
    return node.get("intervalJoinSpec").get("windowBounds");
  }
}
