package dev.millrace.plan.node;

import dev.millrace.engine.dataflow.Node.OperatorNode;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.InputRef;
import dev.millrace.engine.operator.Calc;
import dev.millrace.engine.operator.Union;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Merges inputs; one that delivers more columns than the others is cut to theirs. */
final class UnionTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    for (ColumnUses input : inputs) {
      input.addSame(output);
    }
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    int[] places = translation.uses(node).places();
    List<Flow> equal = new ArrayList<>();
    for (Flow input : inputs) {
      equal.add(
          Arrays.equals(input.places(), places) ? input : cut(input, places, node, translation));
    }
    return translation.addOperator(node, equal, node.outputType(), places, Union::new);
  }

  private static Flow cut(Flow input, int[] places, PlanNode node, Translation translation) {
    int id = translation.newId();
    DataType row = Flow.kept(input.row(), places);
    List<Expression> columns = new ArrayList<>();
    for (int i = 0; i < places.length; i++) {
      if (places[i] >= 0) {
        columns.add(new InputRef(input.places()[i], input.row().child(i)));
      }
    }
    translation.add(
        new OperatorNode(
            id,
            "Calc[" + id + "]",
            "Calc(select=" + Names.fields(row) + ") for " + Names.of(node),
            List.of(input.input()),
            row,
            input.consumerParallelism(),
            () -> new Calc(null, columns)));
    return new Flow(id, Flow.FORWARD, input.row(), places, input.consumerParallelism());
  }
}
