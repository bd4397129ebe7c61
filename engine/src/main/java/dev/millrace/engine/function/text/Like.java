package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;

/** LIKE and SIMILAR TO, with an optional literal escape character. */
final class Like {
  private Like() {}

  /** Whether the text at a row matches the row's pattern. */
  @FunctionalInterface
  private interface Match<P> {
    boolean matches(P pattern, BytesVector text, int row);
  }

  static Expression like(FunctionCall call) {
    char escape = escape(call);
    return create(
        call,
        pattern -> LikePattern.compile(pattern, escape),
        (pattern, text, row) ->
            pattern.matches(text.data(), text.starts()[row], text.lengths()[row]));
  }

  static Expression similar(FunctionCall call) {
    char escape = escape(call);
    return create(
        call,
        pattern -> SimilarPattern.compile(pattern, escape),
        (Matcher pattern, BytesVector text, int row) -> pattern.reset(text.string(row)).matches());
  }

  private static char escape(FunctionCall call) {
    if (call.arity() == 2) {
      return LikePattern.NO_ESCAPE;
    }
    if (!Literal.isValue(call.argument(2))) {
      throw new UnsupportedException(call.name() + " with an ESCAPE that is not a literal");
    }
    String escape = (String) ((Literal) call.argument(2)).value();
    if (escape.length() != 1 || escape.charAt(0) == LikePattern.NO_ESCAPE) {
      throw MillraceException.usage(
          call.name() + ": the escape must be one character, not '" + escape + "'");
    }
    return escape.charAt(0);
  }

  private static <P> Expression create(
      FunctionCall call, Function<String, P> compiler, Match<P> match) {
    Compiled<P> patterns = compile(call, compiler);
    List<Expression> arguments = call.arguments().subList(0, 2);
    return new StrictCall(call.type(), arguments, kernel(call.name(), patterns, match));
  }

  private static <P> Compiled<P> compile(FunctionCall call, Function<String, P> compiler) {
    try {
      return new Compiled<>(call.argument(1), compiler);
    } catch (IllegalArgumentException e) {
      throw MillraceException.usage(call.name() + ": " + e.getMessage(), e);
    }
  }

  private static <P> Kernel kernel(String name, Compiled<P> patterns, Match<P> match) {
    return (Vector[] arguments, Result result) -> {
      BytesVector text = (BytesVector) arguments[0];
      BytesVector pattern = (BytesVector) arguments[1];
      boolean[] values = new boolean[result.count()];
      for (int i = 0; i < values.length; i++) {
        if (result.isNull(i)) {
          continue;
        }
        try {
          values[i] = match.matches(patterns.get(pattern, i), text, i);
        } catch (IllegalArgumentException e) {
          result.fail(i, name + ": " + e.getMessage(), e);
        }
      }
      return new BooleanVector(values.length, values, result.nulls());
    };
  }
}
