package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.over.OverAggregate;
import dev.millrace.engine.operator.over.SortedOverAggregate;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.List;
import java.util.function.Supplier;

/**
 * Aggregates over the rows before each row, in the order of a time attribute or of another column.
 * What Flink refuses when it runs such a plan is refused here, too.
 */
final class OverAggregateTranslator implements NodeTranslator {
  private static final long UNBOUNDED = -1;

  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    inputs.get(0).addAllColumns();
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    JsonNode over = node.get("overSpec");
    if (over.path("groups").size() != 1) {
      throw new UnsupportedException("OVER with several different windows");
    }
    DataType row = node.outputType();
    return translation.addOperator(
        node,
        inputs,
        row,
        Flow.complete(node.id(), row, 0).places(),
        operator(node, over.get("groups").get(0), inputs.get(0), translation));
  }

  private static Supplier<Operator> operator(
      PlanNode node, JsonNode group, Flow input, Translation translation) {
    JsonNode over = node.get("overSpec");
    checkOrder(group);
    long preceding = preceding(group, over);
    OverCalls calls = OverCalls.read(over, group, input, preceding != UNBOUNDED);
    List<Integer> partition = Keys.read(over.path("partition").path("fields"), input).columns();
    boolean isRows = group.path("isRows").asBoolean();
    long ttl = translation.settings().stateTtl().toMillis();
    int column = group.path("orderBy").path("fields").get(0).get("index").intValue();
    String kind =
        node.get("outputType").path("fields").path(column).path("fieldType").path("kind").asText();
    if (kind.equals("ROWTIME") || kind.equals("PROCTIME")) {
      int rowtime = kind.equals("ROWTIME") ? input.places()[column] : -1;
      OverAggregate.Spec spec =
          new OverAggregate.Spec(input.batchTypes(), partition, rowtime, isRows, preceding, ttl);
      return () -> new OverAggregate(spec, new Aggregates(calls.calls()), calls.constants());
    }
    if (preceding != UNBOUNDED) {
      throw new UnsupportedException(
          "OVER with a bounded frame that is not ordered by a time attribute");
    }
    SortedOverAggregate.Spec spec =
        new SortedOverAggregate.Spec(
            input.batchTypes(),
            partition,
            SortColumns.read(group.path("orderBy"), input),
            isRows,
            calls.calls().stream().map(AggregateCall::type).toList(),
            ttl);
    return () -> new SortedOverAggregate(spec, new Aggregates(calls.calls()), calls.constants());
  }

  private static void checkOrder(JsonNode group) {
    JsonNode order = group.path("orderBy").path("fields");
    if (order.size() != 1) {
      throw new UnsupportedException("OVER that is not ordered by just one column");
    }
    if (!order.get(0).get("isAscending").asBoolean()) {
      throw new UnsupportedException("OVER in descending order");
    }
  }

  /** How many rows or milliseconds the frame begins before the row. */
  private static long preceding(JsonNode group, JsonNode over) {
    JsonNode lower = group.path("lowerBound");
    if (!group.path("upperBound").path("kind").asText().equals("CURRENT_ROW")) {
      throw new UnsupportedException("OVER with an end other than CURRENT ROW");
    }
    return switch (lower.path("kind").asText()) {
      case "UNBOUNDED_PRECEDING" -> UNBOUNDED;
      case "CURRENT_ROW" -> 0;
      default -> {
        JsonNode offset = lower.path("offset");
        if (!offset.path("kind").asText().equals("INPUT_REF")) {
          yield offset.path("value").asLong();
        }
        int constant =
            offset.get("inputIndex").intValue() - over.get("originalInputFields").intValue();
        yield over.get("constants").get(constant).get("value").asLong();
      }
    };
  }
}
