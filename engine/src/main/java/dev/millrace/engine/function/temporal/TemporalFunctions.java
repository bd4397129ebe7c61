package dev.millrace.engine.function.temporal;

import static java.util.Map.entry;

import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.function.Function;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.FunctionSet;
import java.util.Map;

/** Functions of dates, times, timestamps and intervals, the operators between them included. */
public final class TemporalFunctions implements FunctionSet {
  private static final Map<String, Function> FUNCTIONS =
      Map.ofEntries(
          entry("EXTRACT", Extract::create),
          entry("FLOOR", Rounding::floor),
          entry("CEIL", Rounding::ceil),
          entry("+", IntervalArithmetic::plus),
          entry("-", IntervalArithmetic::minus),
          entry("*", IntervalArithmetic::times),
          entry("DATE_FORMAT", TemporalFunctions::dateFormat),
          entry("FROM_UNIXTIME", FormatInstant::fromUnixTime),
          entry("UNIX_TIMESTAMP", TemporalFunctions::unixTimestamp),
          entry("TO_DATE", TemporalFunctions::toDate),
          entry("TO_TIMESTAMP", TemporalFunctions::toTimestamp),
          entry("TO_TIMESTAMP_LTZ", TemporalFunctions::toInstant),
          entry("CONVERT_TZ", TemporalFunctions::convertZone),
          entry("CURRENT_TIMESTAMP", CurrentTime::create),
          entry("CURRENT_ROW_TIMESTAMP", CurrentTime::create),
          entry("NOW", CurrentTime::create),
          entry("LOCALTIMESTAMP", CurrentTime::create),
          entry("LOCALTIME", CurrentTime::create),
          entry("CURRENT_TIME", CurrentTime::create),
          entry("CURRENT_DATE", CurrentTime::create),
          entry("PROCTIME_MATERIALIZE", CurrentTime::create),
          // Only a marker of the column; what needs its value materializes it.
          entry("PROCTIME", call -> new Literal(call.type().withNullable(true), null)));

  @Override
  public Map<String, Function> functions() {
    return FUNCTIONS;
  }

  private static void requireText(FunctionCall call) {
    if (!call.arguments().stream().allMatch(argument -> argument.type().isString())) {
      throw call.unsupported();
    }
  }

  private static Expression dateFormat(FunctionCall call) {
    if (call.argumentType(0).isTimestamp()) {
      return FormatTimestamp.create(call);
    }
    requireText(call);
    return ParseInstant.reformat(call);
  }

  private static Expression unixTimestamp(FunctionCall call) {
    requireText(call);
    return call.arity() == 0 ? CurrentTime.create(call) : ParseInstant.unixTimestamp(call);
  }

  private static Expression toDate(FunctionCall call) {
    requireText(call);
    return call.arity() == 1 ? ParseDate.create(call) : ParseInstant.toDate(call);
  }

  private static Expression toTimestamp(FunctionCall call) {
    requireText(call);
    return ParseTimestamp.timestamp(call);
  }

  private static Expression toInstant(FunctionCall call) {
    if (call.argumentType(0).isNumeric()) {
      return EpochToTimestamp.create(call);
    }
    requireText(call);
    return ParseTimestamp.instant(call);
  }

  private static Expression convertZone(FunctionCall call) {
    requireText(call);
    return ParseInstant.convertZone(call);
  }
}
