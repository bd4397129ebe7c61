package dev.millrace.plan.node;

import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;

/** Translates one kind of plan node. Stateless. */
interface NodeTranslator {
  /** Adds what the node looks at of its inputs, when {@code output} of its own rows is used. */
  void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs);

  /**
   * Adds the node to the dataflow and says what it delivers. Throws {@code UnsupportedException} if
   * it cannot be run.
   */
  Flow translate(PlanNode node, List<Flow> inputs, Translation translation);
}
