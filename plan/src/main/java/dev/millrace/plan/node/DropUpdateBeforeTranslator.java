package dev.millrace.plan.node;

import dev.millrace.engine.operator.DropUpdateBefore;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;

/** Removes {@code -U} rows. */
final class DropUpdateBeforeTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    inputs.get(0).addSame(output);
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    return translation.addOperator(
        node, inputs, node.outputType(), inputs.get(0).places(), DropUpdateBefore::new);
  }
}
