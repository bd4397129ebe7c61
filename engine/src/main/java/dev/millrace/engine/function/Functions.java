package dev.millrace.engine.function;

import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.expression.Expression;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All scalar functions that the engine has kernels for. */
public final class Functions {
  private static final List<FunctionSet> SETS = List.of();
  private static final Map<String, Function> ALL = new HashMap<>();

  static {
    for (FunctionSet set : SETS) {
      set.functions()
          .forEach(
              (name, function) -> {
                if (ALL.put(name, function) != null) {
                  throw new IllegalStateException("two functions are called " + name);
                }
              });
    }
  }

  private Functions() {}

  /** The expression of a call; throws {@link UnsupportedException} if there is no kernel for it. */
  public static Expression create(FunctionCall call) {
    Function function = ALL.get(call.name());
    if (function == null) {
      throw new UnsupportedException("function " + call.signature());
    }
    return function.create(call);
  }
}
