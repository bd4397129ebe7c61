package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.operator.rank.ChangelogNormalize;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.rex.RexTranslator;
import java.util.List;

/** Completes the changelog of a source that is read by key. Mini-batches make no difference. */
final class ChangelogNormalizeTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    ColumnUses input = inputs.get(0);
    input.addSame(output);
    Keys.addUses(node.get("uniqueKeys"), input);
    input.addExpression(node.get("filterCondition"));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Flow input = inputs.get(0);
    ChangelogNormalize.Spec spec =
        new ChangelogNormalize.Spec(
            input.batchTypes(),
            Keys.read(node.get("uniqueKeys"), input).columns(),
            node.get("generateUpdateBefore").asBoolean(),
            StateTtl.millis(node, 0));
    JsonNode filter = node.get("filterCondition");
    RexTranslator expressions = input.expressions();
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        input.places(),
        () ->
            new ChangelogNormalize(spec, filter.isObject() ? expressions.translate(filter) : null));
  }
}
