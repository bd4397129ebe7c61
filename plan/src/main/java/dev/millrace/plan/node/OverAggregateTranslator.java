package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.over.OverAggregate;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import java.util.ArrayList;
import java.util.List;

/** Aggregates over the rows before each row, in the order of a time attribute. */
final class OverAggregateTranslator implements NodeTranslator {
  @Override
  public void addUses(PlanNode node, ColumnUses output, List<ColumnUses> inputs) {
    inputs.get(0).addAllColumns();
  }

  @Override
  public Flow translate(PlanNode node, List<Flow> inputs, Translation translation) {
    Flow input = inputs.get(0);
    JsonNode over = node.get("overSpec");
    if (over.path("groups").size() != 1) {
      throw new UnsupportedException("OVER with several different windows");
    }
    JsonNode group = over.path("groups").get(0);
    OverAggregate.Spec spec =
        new OverAggregate.Spec(
            input.batchTypes(),
            Keys.read(over.path("partition").path("fields"), input).columns(),
            rowtime(node, group, input),
            group.path("isRows").asBoolean(),
            preceding(group, over));
    List<AggregateCall> calls = calls(node, group, input, spec.preceding() >= 0);
    DataType row = node.outputType();
    return translation.addOperator(
        node,
        inputs,
        row,
        Flow.complete(node.id(), row, 0).places(),
        () -> new OverAggregate(spec, new Aggregates(calls)));
  }

  /** The place of the row time that orders the rows; -1 for a processing time. */
  private static int rowtime(PlanNode node, JsonNode group, Flow input) {
    JsonNode order = group.path("orderBy").path("fields");
    int column = order.path(0).path("index").asInt(-1);
    JsonNode field = node.get("outputType").path("fields").path(column);
    String kind = field.path("fieldType").path("kind").asText();
    boolean byTime = kind.equals("ROWTIME") || kind.equals("PROCTIME");
    if (order.size() != 1 || !byTime || !order.get(0).get("isAscending").asBoolean()) {
      throw new UnsupportedException("OVER that is not ordered by one time attribute, ascending,");
    }
    return kind.equals("ROWTIME") ? input.places()[column] : -1;
  }

  /** How many rows or milliseconds the frame begins before the row; -1 for all. */
  private static long preceding(JsonNode group, JsonNode over) {
    JsonNode lower = group.path("lowerBound");
    if (!group.path("upperBound").path("kind").asText().equals("CURRENT_ROW")) {
      throw new UnsupportedException("OVER with an end other than CURRENT ROW");
    }
    return switch (lower.path("kind").asText()) {
      case "UNBOUNDED_PRECEDING" -> -1;
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

  private static List<AggregateCall> calls(
      PlanNode node, JsonNode group, Flow input, boolean bounded) {
    int columns = input.places().length;
    for (JsonNode call : group.path("aggCalls")) {
      for (JsonNode argument : call.path("argList")) {
        if (argument.intValue() >= columns) {
          throw new UnsupportedException(
              "a constant as an argument of " + call.path("internalName").asText() + " in OVER");
        }
      }
    }
    PlanNode callsNode = new PlanNode(node.id(), node.type(), node.version(), group);
    List<AggregateCall> calls = new ArrayList<>();
    for (AggregateCall call : AggregateCalls.read(callsNode, input, MissingNode.getInstance())) {
      calls.add(inFrame(call, bounded));
    }
    return calls;
  }

  /** The number of a row is how many there are up to it; rows leave a frame that is bounded. */
  private static AggregateCall inFrame(AggregateCall call, boolean bounded) {
    return new AggregateCall(
        call.function().equals("ROW_NUMBER") ? "COUNT" : call.function(),
        call.arguments(),
        call.argumentTypes(),
        call.filter(),
        call.distinct(),
        bounded,
        call.ignoreNulls(),
        call.type());
  }
}
