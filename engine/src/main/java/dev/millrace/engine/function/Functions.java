package dev.millrace.engine.function;

import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.function.cast.CastFunctions;
import dev.millrace.engine.function.temporal.TemporalFunctions;
import dev.millrace.engine.function.text.TextFunctions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All scalar functions that the engine has kernels for. Two sets may share a name when they take
 * different types: {@code +} of numbers and of times.
 */
public final class Functions {
  private static final List<FunctionSet> SETS =
      List.of( //
          new ArithmeticFunctions(), //
          new CastFunctions(), //
          new CollectionFunctions(), //
          new ComparisonFunctions(), //
          new ConditionalFunctions(), //
          new HashFunctions(), //
          new LogicFunctions(), //
          new MathFunctions(), //
          new ReinterpretFunctions(), //
          new RoundingFunctions(), //
          new TemporalFunctions(), //
          new TextFunctions());

  private static final Map<String, List<Function>> ALL = new HashMap<>();

  static {
    for (FunctionSet set : SETS) {
      set.functions()
          .forEach(
              (name, function) ->
                  ALL.computeIfAbsent(name, any -> new ArrayList<>()).add(function));
    }
  }

  private Functions() {}

  /** The expression of a call; throws {@link UnsupportedException} if there is no kernel for it. */
  public static Expression create(FunctionCall call) {
    UnsupportedException unsupported = call.unsupported();
    for (Function function : ALL.getOrDefault(call.name(), List.of())) {
      try {
        return function.create(call);
      } catch (UnsupportedException e) {
        unsupported = e;
      }
    }
    throw unsupported;
  }
}
