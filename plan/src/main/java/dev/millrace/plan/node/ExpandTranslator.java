package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.operator.Expand;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.rex.RexTranslator;
import java.util.ArrayList;
import java.util.List;

/** Copies each row once per grouping set. */
final class ExpandTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    for (JsonNode projections : node.get("projects")) {
      for (JsonNode projection : projections) {
        inputs.get(0).addExpression(projection);
      }
    }
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    DataType row = node.outputType();
    RexTranslator expressions = inputs.get(0).expressions();
    return translation.addOperator(
        node,
        inputs,
        row,
        Flow.complete(node.id(), row, 0).places(),
        () -> expand(node.get("projects"), expressions));
  }

  private static Expand expand(JsonNode projects, RexTranslator expressions) {
    List<List<Expression>> translated = new ArrayList<>();
    for (JsonNode projections : projects) {
      translated.add(expressions.translateAll(projections));
    }
    return new Expand(translated);
  }
}
