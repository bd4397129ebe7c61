package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.operator.Calc;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.rex.RexTranslator;
import java.util.ArrayList;
import java.util.List;

/** Filters and projects; projections that nothing uses are left out. */
final class CalcTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    ColumnUses input = inputs.get(0);
    JsonNode projections = node.get("projection");
    for (int i = 0; i < projections.size(); i++) {
      if (output.used(i)) {
        input.addExpression(projections.get(i), output.use(i));
      }
    }
    input.addExpression(node.get("condition"));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    RexTranslator expressions = inputs.get(0).expressions();
    int[] places = translation.uses(node).places();
    List<JsonNode> projections = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        projections.add(node.get("projection").get(i));
      }
    }
    JsonNode condition = node.get("condition");
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        places,
        () ->
            condition.isObject()
                ? filtering(expressions, projections, condition)
                : new Calc(null, expressions.translateAll(projections)));
  }

  private static Calc filtering(
      RexTranslator expressions, List<JsonNode> projections, JsonNode condition) {
    List<JsonNode> all = new ArrayList<>(projections);
    all.add(condition);
    List<Expression> translated = expressions.translateAll(all);
    int last = translated.size() - 1;
    return new Calc(translated.get(last), translated.subList(0, last));
  }
}
