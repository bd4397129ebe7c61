package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.operator.MiniBatchAssigner;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;

/**
 * Thins out watermarks between mini-batches. Those of processing time, which only tell Flink when a
 * mini-batch ends, do not exist: batches are the mini-batches.
 */
final class MiniBatchAssignerTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    inputs.get(0).addSame(output);
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    JsonNode interval = node.get("miniBatchInterval");
    if (!interval.get("mode").asText().equals("RowTime")) {
      return inputs.get(0);
    }
    long millis = interval.get("interval").longValue();
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        inputs.get(0).places(),
        () -> new MiniBatchAssigner(millis));
  }
}
