package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.rank.Rank;
import dev.millrace.engine.operator.rank.Rank.Strategy;
import dev.millrace.engine.operator.rank.WindowRank;
import dev.millrace.engine.operator.window.RowTime;
import dev.millrace.engine.state.SortColumn;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.List;

/** Top-N of each window, and the first or last row of each window, which is its Top-1. */
final class WindowRankTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    ColumnUses input = inputs.get(0);
    input.addSame(output);
    Keys.addUses(partition(node), input);
    Windowing.of(node).addUses(input);
    SortColumns.addUses(node.get("sortSpec"), input);
    if (isDeduplication(node)) {
      input.addColumn(node.get("orderKey").intValue());
    }
  }

  private static boolean isDeduplication(PlanNode node) {
    return node.json().has("orderKey");
  }

  private static JsonNode partition(PlanNode node) {
    return isDeduplication(node)
        ? node.get("partitionKeys")
        : node.get("partitionSpec").path("fields");
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Flow input = inputs.get(0);
    RowTime window = Windowing.of(node).time(input, translation.settings());
    if (window.kind() != RowTime.Kind.WINDOW_END) {
      throw new UnsupportedException("ranking of rows that do not come with their window");
    }
    List<Integer> partition = new ArrayList<>(Keys.read(partition(node), input).columns());
    partition.add(window.column());
    Rank.Spec spec =
        isDeduplication(node)
            ? deduplication(node, input, partition)
            : ranking(node, input, partition);
    return translation.addOperator(
        node,
        inputs,
        node.outputType(),
        spec.rowNumber() ? RankTranslator.withOneMore(input.places()) : input.places(),
        () -> new WindowRank(spec, window.column(), window.zone()));
  }

  private static Rank.Spec ranking(PlanNode node, Flow input, List<Integer> partition) {
    JsonNode range = node.get("rankRange");
    String type = node.get("rankType").asText();
    if (!type.equals("ROW_NUMBER") || !range.has("end")) {
      throw new UnsupportedException(
          type + "() of windows" + (range.has("end") ? "" : " without an upper bound"));
    }
    return spec(
        input,
        partition,
        SortColumns.read(node.get("sortSpec"), input),
        Strategy.APPEND,
        range.get("start").longValue(),
        range.get("end").longValue(),
        node.get("outputRowNumber").asBoolean());
  }

  /** Of equal times the first row that came is the first, and the last the last. */
  private static Rank.Spec deduplication(PlanNode node, Flow input, List<Integer> partition) {
    int time = node.get("orderKey").intValue();
    boolean last = node.get("keepLastRow").asBoolean();
    SortColumn order = new SortColumn(input.places()[time], input.row().child(time), !last, last);
    return spec(
        input,
        partition,
        List.of(order),
        last ? Strategy.APPEND_NEWEST : Strategy.APPEND,
        1,
        1,
        false);
  }

  private static Rank.Spec spec(
      Flow input,
      List<Integer> partition,
      List<SortColumn> order,
      Strategy strategy,
      long start,
      long end,
      boolean rowNumber) {
    return new Rank.Spec(
        input.batchTypes(),
        partition,
        order,
        strategy,
        List.of(),
        start,
        end,
        -1,
        rowNumber,
        false,
        0);
  }
}
