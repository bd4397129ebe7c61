package dev.millrace.engine.aggregate;

import dev.millrace.engine.error.UnsupportedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The aggregate functions that there are, by SQL name. */
final class AggregateFunctions {
  private AggregateFunctions() {}

  /**
   * An accumulator per call; throws {@link UnsupportedException} that names all that is missing.
   */
  static Accumulator[] create(List<AggregateCall> calls) {
    List<Accumulator> accumulators = new ArrayList<>();
    Set<String> reasons = new LinkedHashSet<>();
    for (AggregateCall call : calls) {
      try {
        accumulators.add(create(call));
      } catch (UnsupportedException e) {
        reasons.addAll(e.reasons());
      }
    }
    if (!reasons.isEmpty()) {
      throw new UnsupportedException(List.copyOf(reasons));
    }
    return accumulators.toArray(new Accumulator[0]);
  }

  private static Accumulator create(AggregateCall call) {
    if (call.distinct()) {
      throw new UnsupportedException("aggregate function " + call.function() + "(DISTINCT)");
    }
    return switch (call.function()) {
      case "COUNT" -> new Count(!call.arguments().isEmpty());
      default -> throw new UnsupportedException("aggregate function " + call.function());
    };
  }
}
