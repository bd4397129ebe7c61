package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Literal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What a pattern argument compiles to: once for a literal, else once per distinct pattern for as
 * long as there are few.
 */
final class Compiled<P> {
  private static final int MAX_CACHED = 256;

  private final Function<String, P> compiler;
  private final boolean constant;
  private final P literal;
  private final Map<String, P> cache = new HashMap<>();

  /** Throws what the compiler throws if the argument is a literal; the compiler may return null. */
  Compiled(Expression argument, Function<String, P> compiler) {
    this.compiler = compiler;
    this.constant = Literal.isValue(argument);
    this.literal = constant ? compiler.apply((String) ((Literal) argument).value()) : null;
  }

  /** The compiled pattern of a row, at which {@code patterns} must not be null. */
  P get(BytesVector patterns, int row) {
    return constant ? literal : compile(patterns.string(row));
  }

  private P compile(String pattern) {
    if (cache.containsKey(pattern)) {
      return cache.get(pattern);
    }
    if (cache.size() == MAX_CACHED) {
      cache.clear();
    }
    P compiled = compiler.apply(pattern);
    cache.put(pattern, compiled);
    return compiled;
  }
}
