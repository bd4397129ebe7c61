package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.rank.Rank;
import dev.millrace.engine.operator.rank.Rank.Strategy;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.Arrays;
import java.util.List;

/** Top-N, and LIMIT with and without ORDER BY, which are ranks of one partition. */
final class RankTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    ColumnUses input = inputs.get(0);
    input.addSame(output);
    Keys.addUses(node.get("partition").path("fields"), input);
    Keys.addUses(node.get("rankStrategy").path("primaryKeys"), input);
    SortColumns.addUses(node.get("orderBy"), input);
    if (node.get("rankRange").has("endIndex")) {
      input.addColumn(node.get("rankRange").get("endIndex").intValue());
    }
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    if (!node.get("rankType").asText().equals("ROW_NUMBER")) {
      throw new UnsupportedException(
          node.get("rankType").asText()
              + "() on a stream, which Flink does not run either; take ROW_NUMBER():");
    }
    Flow input = inputs.get(0);
    boolean rowNumber = node.get("outputRowNumber").asBoolean();
    Rank.Spec spec = spec(node, input, rowNumber);
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        rowNumber ? withOneMore(input.places()) : input.places(),
        () -> new Rank(spec));
  }

  private static Rank.Spec spec(PlanNode node, Flow input, boolean rowNumber) {
    JsonNode range = node.get("rankRange");
    boolean variable = range.path("type").asText().equals("Variable");
    if (!variable && !range.has("end")) {
      throw new UnsupportedException("a rank without an upper bound");
    }
    long start = variable ? 1 : range.get("start").longValue();
    long end = variable ? 0 : range.get("end").longValue();
    boolean topOne = start == 1 && end == 1;
    Strategy strategy = strategy(node.get("rankStrategy"), topOne);
    return new Rank.Spec(
        input.batchTypes(),
        Keys.read(node.get("partition").path("fields"), input).columns(),
        SortColumns.read(node.get("orderBy"), input),
        strategy,
        strategy == Strategy.UPDATE
            ? Keys.read(node.get("rankStrategy").path("primaryKeys"), input).columns()
            : List.of(),
        start,
        end,
        variable ? input.places()[range.get("endIndex").intValue()] : -1,
        rowNumber,
        node.get("generateUpdateBefore").asBoolean(),
        StateTtl.millis(node, 0));
  }

  /** As in Flink, the first row of an updated input changes only when its sort key gets better. */
  private static Strategy strategy(JsonNode strategy, boolean topOne) {
    String type = strategy.path("type").asText();
    return switch (type) {
      case "AppendFast" -> Strategy.APPEND;
      case "UpdateFast" -> topOne ? Strategy.APPEND : Strategy.UPDATE;
      case "Retract" -> Strategy.RETRACT;
      default -> throw new UnsupportedException("the rank strategy " + type);
    };
  }

  /** The places of columns followed by one that is new. */
  static int[] withOneMore(int[] places) {
    int[] more = Arrays.copyOf(places, places.length + 1);
    for (int place : places) {
      more[places.length] = Math.max(more[places.length], place + 1);
    }
    return more;
  }
}
