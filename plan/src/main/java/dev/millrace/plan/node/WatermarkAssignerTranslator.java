package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.operator.WatermarkAssigner;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.time.Duration;
import java.util.List;

/** Assigns watermarks behind a source that cannot do it itself. */
final class WatermarkAssignerTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    ColumnUses input = inputs.get(0);
    input.addSame(output);
    input.addColumn(rowtimeColumn(node));
    input.addExpression(node.get("watermarkExpr"));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Flow input = inputs.get(0);
    JsonNode watermark = node.get("watermarkExpr");
    int rowtime = input.places()[rowtimeColumn(node)];
    Duration idleTimeout = translation.settings().idleTimeout();
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        input.places(),
        () ->
            new WatermarkAssigner(input.expressions().translate(watermark), rowtime, idleTimeout));
  }

  private static int rowtimeColumn(PlanNode node) {
    return node.get("rowtimeFieldIndex").intValue();
  }
}
