package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.document.PlanNode;
import dev.millrace.plan.rex.ColumnUses;
import dev.millrace.plan.rex.RexNames;
import dev.millrace.plan.type.TypeReader;
import java.util.ArrayList;
import java.util.List;

/** The aggregate calls of a plan node ({@code aggCalls}). */
final class AggregateCalls {
  private AggregateCalls() {}

  /** Notes the columns that the node's calls look at. */
  static void addUses(PlanNode node, ColumnUses input) {
    for (JsonNode call : node.get("aggCalls")) {
      call.path("argList").forEach(column -> input.addColumn(column.intValue()));
      if (call.path("filterArg").intValue() >= 0) {
        input.addColumn(call.get("filterArg").intValue());
      }
    }
  }

  /**
   * The calls on batches of {@code input}.
   *
   * @param retracting whether rows are taken back, from each call or from all; a missing node for
   *     none
   */
  static List<AggregateCall> read(PlanNode node, Flow input, JsonNode retracting) {
    return read(node.get("aggCalls"), input, retracting);
  }

  /** Like {@link #read(PlanNode, Flow, JsonNode)}, of the calls in {@code list}. */
  static List<AggregateCall> read(JsonNode list, Flow input, JsonNode retracting) {
    List<AggregateCall> calls = new ArrayList<>();
    for (JsonNode call : list) {
      List<Integer> arguments = new ArrayList<>();
      List<DataType> types = new ArrayList<>();
      for (JsonNode column : call.path("argList")) {
        arguments.add(input.places()[column.intValue()]);
        types.add(input.row().child(column.intValue()));
      }
      int filter = call.path("filterArg").asInt(-1);
      calls.add(
          new AggregateCall(
              RexNames.function(call),
              arguments,
              types,
              filter < 0 ? -1 : input.places()[filter],
              call.path("distinct").asBoolean(),
              (retracting.isArray() ? retracting.path(calls.size()) : retracting).asBoolean(),
              call.path("ignoreNulls").asBoolean(),
              TypeReader.read(call.get("type"))));
    }
    return calls;
  }

  /** The types of the calls' results. */
  static List<DataType> resultTypes(List<AggregateCall> calls) {
    return calls.stream().map(AggregateCall::type).toList();
  }
}
