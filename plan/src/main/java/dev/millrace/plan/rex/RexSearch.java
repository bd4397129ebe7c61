package dev.millrace.plan.rex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.NullAs;
import dev.millrace.engine.expression.Search;
import dev.millrace.engine.expression.SearchRange;
import dev.millrace.engine.type.DataType;
import dev.millrace.plan.type.TypeReader;
import java.util.ArrayList;
import java.util.List;

/** The call of {@code SEARCH} with a literal that holds ranges, which the planner makes of IN. */
final class RexSearch {
  static final String FUNCTION = "SEARCH";

  private RexSearch() {}

  static Expression of(Expression operand, JsonNode literal) {
    DataType type = TypeReader.read(literal.get("type"));
    JsonNode argument = literal.get("sarg");
    List<SearchRange> ranges = new ArrayList<>();
    for (JsonNode range : argument.get("ranges")) {
      JsonNode lower = range.path("lower");
      JsonNode upper = range.path("upper");
      ranges.add(
          new SearchRange(
              RexLiterals.value(lower.path("value"), type),
              isClosed(lower),
              RexLiterals.value(upper.path("value"), type),
              isClosed(upper)));
    }
    return new Search(operand, type, ranges, NullAs.valueOf(argument.get("nullAs").asText()));
  }

  private static boolean isClosed(JsonNode bound) {
    return bound.path("boundType").asText().equals("CLOSED");
  }
}
