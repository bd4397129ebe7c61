package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.operator.join.JoinSpec;
import dev.millrace.engine.operator.join.StreamJoin;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.List;

/** Joins two changing tables. */
final class JoinTranslator implements NodeTranslator {
  private static final List<String> SIDES = List.of("left", "right");

  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    JoinInputs.addUses(node.get("joinSpec"), output, inputs);
    for (int input = 0; input < inputs.size(); input++) {
      uniqueKey(node, input).forEach(inputs.get(input)::addColumn);
    }
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    JoinInputs both = new JoinInputs(node.get("joinSpec"), inputs);
    JoinSpec spec = both.spec();
    StreamJoin.Side left = side(node, 0, inputs);
    StreamJoin.Side right = side(node, 1, inputs);
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        both.outputPlaces(),
        () -> new StreamJoin(spec, left, right, both.condition()));
  }

  private static StreamJoin.Side side(PlanNode node, int input, List<Flow> inputs) {
    List<Integer> places = new ArrayList<>();
    uniqueKey(node, input).forEach(column -> places.add(inputs.get(input).places()[column]));
    return new StreamJoin.Side(List.copyOf(places), StateTtl.millis(node, input));
  }

  /**
   * The unique key that the rows of an input are kept by: one within the join key if there is such,
   * else the shortest; empty if there is none.
   */
  private static List<Integer> uniqueKey(PlanNode node, int input) {
    List<Integer> joinKey = columns(node.get("joinSpec").get(SIDES.get(input) + "Keys"));
    List<Integer> best = List.of();
    for (JsonNode each : node.get(SIDES.get(input) + "UpsertKeys")) {
      List<Integer> key = columns(each);
      if (joinKey.containsAll(key)) {
        return key;
      }
      best = best.isEmpty() || key.size() < best.size() ? key : best;
    }
    return best;
  }

  private static List<Integer> columns(JsonNode array) {
    List<Integer> columns = new ArrayList<>();
    array.forEach(column -> columns.add(column.intValue()));
    return columns;
  }
}
