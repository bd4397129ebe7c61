package dev.millrace.plan.node;

import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.operator.sort.Sort;
import dev.millrace.engine.operator.sort.SortSpec;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;

/** ORDER BY columns that are no time attributes, for tables that end. */
final class SortTranslator implements NodeTranslator {
  private static final String ENABLED = "__table.exec.sort.non-temporal.enabled__";

  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    inputs.get(0).addSame(output);
    SortColumns.addUses(node.get("orderBy"), inputs.get(0));
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    if (!Boolean.parseBoolean(translation.settings().get(ENABLED, "false"))) {
      throw MillraceException.usage(
          ("Sort on a non-time-attribute field is not supported on a stream, which has no end."
                  + " Order by a time attribute first, add a LIMIT, or, if the input ends, SET '%s'"
                  + " = 'true'.")
              .formatted(ENABLED));
    }
    Flow input = inputs.get(0);
    SortSpec spec = new SortSpec(input.batchTypes(), SortColumns.read(node.get("orderBy"), input));
    return translation.addOperator(
        node, inputs, node.outputType(), input.places(), () -> new Sort(spec));
  }
}
