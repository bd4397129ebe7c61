package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.text.Compiled;
import dev.millrace.engine.function.text.TextResult;
import dev.millrace.engine.kernel.NumericArrays;
import java.util.List;
import java.util.TimeZone;

/** FROM_UNIXTIME(seconds[, pattern]), in the session's zone. */
final class FormatInstant {
  /** Before this day {@link java.text.SimpleDateFormat} counts by the Julian calendar. */
  private static final long GREGORIAN_START = -12_219_292_800_000L;

  private final Compiled<Patterns.ForInstants> patterns;

  private FormatInstant(Expression pattern) {
    this.patterns = new Compiled<>(pattern, Patterns::forInstants);
  }

  static Expression fromUnixTime(FunctionCall call) {
    if (!call.argumentType(0).isInteger()) {
      throw call.unsupported();
    }
    Expression pattern = call.arity() > 1 ? call.argument(1) : Patterns.defaultArgument();
    List<Expression> arguments = List.of(call.argument(0), pattern);
    return new StrictCall(call.type(), arguments, new FormatInstant(pattern)::compute);
  }

  private Vector compute(Vector[] arguments, Result result) {
    long[] seconds = NumericArrays.longs(arguments[0], result.count());
    BytesVector texts = (BytesVector) arguments[1];
    TimeZone zone = Local.zone(result.context());
    BytesBuilder values = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      if (result.isNull(i)) {
        TextResult.skip(values);
        continue;
      }
      Patterns.ForInstants pattern = patterns.get(texts, i);
      long millis = seconds[i] * 1_000;
      if (pattern == null) {
        TextResult.skip(values);
        result.fail(i, "FROM_UNIXTIME: invalid pattern '" + texts.string(i) + "'", null);
      } else {
        append(pattern, millis, zone, values);
      }
    }
    return TextResult.finish(values, result);
  }

  private static void append(
      Patterns.ForInstants pattern, long millis, TimeZone zone, BytesBuilder to) {
    long local = Local.millis(millis, zone);
    if (pattern.fixed() != null && local >= GREGORIAN_START && FixedPattern.canFormat(local)) {
      pattern.fixed().append(local, 0, to);
    } else {
      pattern.formatter().setTimeZone(zone);
      to.append(pattern.formatter().format((Object) millis));
    }
  }
}
