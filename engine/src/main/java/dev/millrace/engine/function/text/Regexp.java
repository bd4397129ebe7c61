package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.text.Utf8;
import java.util.regex.Matcher;
import java.util.regex.PatternSyntaxException;

/** REGEXP, REGEXP_EXTRACT and REGEXP_REPLACE, with Java's regular expressions. */
final class Regexp {
  private Regexp() {}

  /** The compiled pattern, or null if it is malformed. */
  private static RegexpPattern compile(String pattern) {
    try {
      return new RegexpPattern(pattern);
    } catch (PatternSyntaxException e) {
      return null;
    }
  }

  private static Compiled<RegexpPattern> patterns(FunctionCall call) {
    return new Compiled<>(call.argument(1), Regexp::compile);
  }

  /** REGEXP(text, pattern): whether it is found; never if the pattern is empty or malformed. */
  static Expression found(FunctionCall call) {
    Compiled<RegexpPattern> patterns = patterns(call);
    return new StrictCall(
        call.type(), call.arguments(), (arguments, result) -> found(patterns, arguments, result));
  }

  private static Vector found(Compiled<RegexpPattern> patterns, Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    BytesVector pattern = (BytesVector) arguments[1];
    boolean[] values = new boolean[result.count()];
    for (int i = 0; i < values.length; i++) {
      if (!result.isNull(i) && pattern.lengths()[i] > 0) {
        RegexpPattern compiled = patterns.get(pattern, i);
        values[i] = compiled != null && compiled.find(text, i);
      }
    }
    return new BooleanVector(values.length, values, result.nulls());
  }

  /**
   * REGEXP_EXTRACT(text, pattern[, group]): a range of the text; null if nothing is found, the
   * group doesn't exist or took no part, or the pattern is malformed.
   */
  static Expression extract(FunctionCall call) {
    Compiled<RegexpPattern> patterns = patterns(call);
    return new StrictCall(
        call.type(), call.arguments(), (arguments, result) -> extract(patterns, arguments, result));
  }

  private static Vector extract(
      Compiled<RegexpPattern> patterns, Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    BytesVector pattern = (BytesVector) arguments[1];
    long[] groups = arguments.length > 2 ? NumericArrays.longs(arguments[2], result.count()) : null;
    int[] starts = new int[result.count()];
    int[] lengths = new int[result.count()];
    for (int i = 0; i < starts.length; i++) {
      if (result.isNull(i)) {
        continue;
      }
      RegexpPattern compiled = patterns.get(pattern, i);
      int group = groups == null ? 0 : (int) groups[i];
      if (compiled == null || !compiled.find(text, i) || !compiled.hasGroup(group)) {
        result.setNull(i);
        continue;
      }
      Matcher matcher = compiled.matcher();
      int start = text.starts()[i];
      int end = start + text.lengths()[i];
      starts[i] = Utf8.skipUnits(text.data(), start, end, matcher.start(group));
      int units = matcher.end(group) - matcher.start(group);
      lengths[i] = Utf8.skipUnits(text.data(), starts[i], end, units) - starts[i];
    }
    return new BytesVector(starts.length, text.data(), starts, lengths, result.nulls());
  }

  /**
   * REGEXP_REPLACE(text, pattern, replacement): the replacement is taken as it is; null if the
   * pattern is malformed.
   */
  static Expression replace(FunctionCall call) {
    Compiled<RegexpPattern> patterns = patterns(call);
    return new StrictCall(
        call.type(), call.arguments(), (arguments, result) -> replace(patterns, arguments, result));
  }

  private static Vector replace(
      Compiled<RegexpPattern> patterns, Vector[] arguments, Result result) {
    BytesVector text = (BytesVector) arguments[0];
    BytesVector pattern = (BytesVector) arguments[1];
    BytesVector replacement = (BytesVector) arguments[2];
    return TextResult.compute(
        result,
        i -> {
          RegexpPattern compiled = patterns.get(pattern, i);
          return compiled == null ? null : compiled.replaceAll(text, i, replacement.string(i));
        });
  }
}
