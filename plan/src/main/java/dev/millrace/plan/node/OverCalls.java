package dev.millrace.plan.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.operator.over.Constants;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.plan.rex.RexNames;
import dev.millrace.plan.rex.RexTranslator;
import dev.millrace.plan.type.TypeReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The calls of an OVER aggregate. Their arguments are columns of the input, and constants, which
 * stand behind all columns.
 *
 * @param calls what is called
 * @param literals the constants that are arguments
 */
record OverCalls(List<AggregateCall> calls, List<JsonNode> literals) {
  /** {@code bounded} says whether rows leave a frame. */
  static OverCalls read(JsonNode over, JsonNode group, Flow input, boolean bounded) {
    List<JsonNode> literals = new ArrayList<>();
    JsonNode list = group.path("aggCalls");
    Flow withConstants = withConstants(over, list, input, literals);
    for (JsonNode call : list) {
      if (RexNames.function(call).equals("LAG")) {
        checkDistance(call.path("argList").path(1), over, input);
      }
    }
    List<AggregateCall> calls =
        AggregateCalls.read(list, withConstants, BooleanNode.valueOf(bounded)).stream()
            .map(OverCalls::counting)
            .toList();
    return new OverCalls(calls, literals);
  }

  /** The input with the constants that are arguments; those of frames' bounds get no place. */
  private static Flow withConstants(
      JsonNode over, JsonNode calls, Flow input, List<JsonNode> literals) {
    List<Field> fields = new ArrayList<>(input.row().children());
    int columns = fields.size();
    int batchColumns = input.batchTypes().size();
    int[] places = Arrays.copyOf(input.places(), columns + over.path("constants").size());
    Arrays.fill(places, columns, places.length, -1);
    for (JsonNode literal : over.path("constants")) {
      fields.add(new Field("constant" + fields.size(), TypeReader.read(literal.get("type"))));
    }
    for (JsonNode call : calls) {
      for (JsonNode argument : call.path("argList")) {
        int column = argument.intValue();
        if (column >= columns && places[column] < 0) {
          places[column] = batchColumns + literals.size();
          literals.add(over.get("constants").get(column - columns));
        }
      }
    }
    return new Flow(
        input.node(), input.exchange(), DataType.row(fields), places, input.parallelism());
  }

  private static void checkDistance(JsonNode argument, JsonNode over, Flow input) {
    int constant = argument.asInt(-1) - input.row().children().size();
    if (argument.isMissingNode()) {
      return;
    }
    if (constant < 0) {
      throw new UnsupportedException("LAG with a distance that is no literal");
    }
    long distance = over.get("constants").get(constant).path("value").asLong();
    if (distance < 0) {
      throw MillraceException.usage(
          "LAG has the distance %d; give one that is not negative.".formatted(distance));
    }
  }

  /**
   * The number of a row is how many there are up to it. So are its ranks: on a stream Flink does
   * not give them the columns in which rows can be tied.
   */
  private static AggregateCall counting(AggregateCall call) {
    return switch (call.function()) {
      case "ROW_NUMBER", "RANK", "DENSE_RANK" ->
          new AggregateCall(
              "COUNT",
              List.of(),
              List.of(),
              call.filter(),
              call.distinct(),
              call.retracting(),
              call.ignoreNulls(),
              call.type());
      default -> call;
    };
  }

  /** The constants, for one operator instance. */
  Constants constants() {
    return new Constants(new RexTranslator(DataType.row(List.of())).translateAll(literals));
  }
}
