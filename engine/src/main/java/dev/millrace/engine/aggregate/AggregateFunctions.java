package dev.millrace.engine.aggregate;

import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.kernel.LongValues;
import dev.millrace.engine.type.DataType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The aggregate functions that there are, by SQL name. */
final class AggregateFunctions {
  private AggregateFunctions() {}

  /**
   * An accumulator per call, of its function without DISTINCT; throws {@link UnsupportedException}
   * that names all that is missing.
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
    Accumulator function = function(call);
    int arguments = call.arguments().size();
    if (arguments > maxArguments(call.function())) {
      throw new UnsupportedException(
          "aggregate function " + call.function() + " of " + arguments + " arguments");
    }
    return function;
  }

  private static int maxArguments(String function) {
    return switch (function) {
      case "LAG" -> 3;
      case "LISTAGG" -> 2;
      default -> 1;
    };
  }

  private static Accumulator function(AggregateCall call) {
    DataType argument = call.arguments().isEmpty() ? null : call.argumentTypes().get(0);
    return switch (call.function()) {
      case "COUNT" -> new Count(argument != null);
      case "SUM" -> new Sum(argument, call.type(), call.retracting());
      case "$SUM0" -> new SumFromZero(argument, call.type());
      case "AVG" -> new Average(argument, call.type());
      case "MIN" -> extremum(argument, false, call.retracting());
      case "MAX" -> extremum(argument, true, call.retracting());
      case "$WELFORD_M2$1" -> new Welford(argument);
      case "FIRST_VALUE" -> end(argument, false, call.retracting());
      case "LAST_VALUE" -> end(argument, true, call.retracting());
      case "LAG" -> new Lag(call);
      case "LISTAGG" -> new ListAgg();
      case "ARRAY_AGG" -> new ListFunction(argument, ListFunction.Result.ALL, call.ignoreNulls());
      case "COLLECT" -> new Collect(argument);
      case "SINGLE_VALUE" -> new SingleValue(argument);
      default -> throw new UnsupportedException("aggregate function " + call.function());
    };
  }

  private static Accumulator extremum(DataType type, boolean max, boolean retracting) {
    if (retracting) {
      return new RetractableExtremum(type, max);
    }
    return LongValues.supports(type) ? new LongExtremum(type, max) : new Extremum(type, max);
  }

  private static Accumulator end(DataType type, boolean last, boolean retracting) {
    ListFunction.Result result = last ? ListFunction.Result.LAST : ListFunction.Result.FIRST;
    return retracting ? new ListFunction(type, result, true) : new FirstOrLast(type, last);
  }
}
