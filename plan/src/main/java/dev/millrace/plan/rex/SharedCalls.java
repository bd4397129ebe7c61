package dev.millrace.plan.rex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.expression.Shared;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The calls that stand more than once among an operator's row expressions, which become one
 * expression each. The optimizer writes a call out again wherever a view's column is used.
 */
final class SharedCalls {
  /** Functions that give another value each time. */
  private static final Set<String> NOT_DETERMINISTIC = Set.of("RAND", "RAND_INTEGER", "UUID");

  private final Map<JsonNode, Integer> counts = new HashMap<>();
  private final Map<JsonNode, Expression> shared = new HashMap<>();

  SharedCalls(Iterable<JsonNode> rexes) {
    for (JsonNode rex : rexes) {
      count(rex);
    }
  }

  /** Counts the calls, but what is within a repeated one just once. */
  private void count(JsonNode rex) {
    if (isCall(rex) && counts.merge(rex, 1, Integer::sum) > 1) {
      return;
    }
    parts(rex).forEach(this::count);
  }

  /** The expressions that one is made of: those of a call, or what a field is taken from. */
  private static Iterable<JsonNode> parts(JsonNode rex) {
    return rex.has("expr") ? List.of(rex.get("expr")) : rex.path("operands");
  }

  private static boolean isCall(JsonNode rex) {
    return rex.path("kind").asText().equals("CALL");
  }

  /** The expression of a call, made by {@code translation} unless this call had been met before. */
  Expression expression(JsonNode call, Supplier<Expression> translation) {
    Expression known = shared.get(call);
    if (known != null) {
      return known;
    }
    Expression translated = translation.get();
    if (counts.get(call) < 2 || translated instanceof Literal || !isDeterministic(call)) {
      return translated;
    }
    Expression once = new Shared(translated);
    shared.put(call, once);
    return once;
  }

  private static boolean isDeterministic(JsonNode rex) {
    if (isCall(rex) && NOT_DETERMINISTIC.contains(RexNames.function(rex))) {
      return false;
    }
    for (JsonNode part : parts(rex)) {
      if (!isDeterministic(part)) {
        return false;
      }
    }
    return true;
  }
}
