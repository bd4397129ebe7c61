package dev.millrace.engine.function;

import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.expression.Expression;

/** Makes the expression of a call, choosing the kernel by its argument types. */
@FunctionalInterface
public interface Function {
  /** Throws {@link UnsupportedException} if there is no kernel for these types. */
  Expression create(FunctionCall call);
}
