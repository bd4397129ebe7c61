package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.function.text.Compiled;
import dev.millrace.engine.function.text.TextResult;
import java.text.ParsePosition;
import java.text.SimpleDateFormat;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;

/**
 * The functions that read text leniently with a {@link SimpleDateFormat}: UNIX_TIMESTAMP, TO_DATE
 * with a pattern, DATE_FORMAT of a string and CONVERT_TZ.
 */
final class ParseInstant {
  private static final TimeZone UTC = TimeZone.getTimeZone("UTC");

  /** What Flink takes for the time of an unreadable text. */
  private static final long UNREADABLE = Long.MIN_VALUE;

  private final String function;
  private final Compiled<Patterns.ForInstants> patterns;

  private ParseInstant(String function, Expression pattern) {
    this.function = function;
    this.patterns = new Compiled<>(pattern, Patterns::forInstants);
  }

  private SimpleDateFormat formatter(BytesVector texts, int row, TimeZone zone, Result result) {
    Patterns.ForInstants pattern = patterns.get(texts, row);
    if (pattern == null) {
      result.fail(row, function + ": invalid pattern '" + texts.string(row) + "'", null);
      return null;
    }
    pattern.formatter().setTimeZone(zone);
    return pattern.formatter();
  }

  /** Reads as much of the text as the pattern wants; {@link #UNREADABLE} if it doesn't fit. */
  private static long parse(SimpleDateFormat formatter, String text) {
    var date = formatter.parse(text, new ParsePosition(0));
    return date == null ? UNREADABLE : date.toInstant().toEpochMilli();
  }

  /** UNIX_TIMESTAMP(text[, pattern]): seconds since the epoch of a local time. */
  static Expression unixTimestamp(FunctionCall call) {
    List<Expression> arguments = new ArrayList<>(call.arguments());
    if (arguments.size() == 1) {
      arguments.add(Patterns.defaultArgument());
    }
    ParseInstant parse = new ParseInstant(call.name(), arguments.get(1));
    return new StrictCall(call.type(), arguments, parse::seconds);
  }

  private Vector seconds(Vector[] arguments, Result result) {
    BytesVector texts = (BytesVector) arguments[0];
    TimeZone zone = Local.zone(result.context());
    long[] seconds = new long[result.count()];
    for (int i = 0; i < seconds.length; i++) {
      SimpleDateFormat formatter =
          result.isNull(i) ? null : formatter((BytesVector) arguments[1], i, zone, result);
      if (formatter != null) {
        long millis = parse(formatter, texts.string(i));
        seconds[i] = millis == UNREADABLE ? UNREADABLE : millis / 1_000;
      }
    }
    return new LongVector(seconds.length, seconds, result.nulls());
  }

  /** TO_DATE(text, pattern). */
  static Expression toDate(FunctionCall call) {
    ParseInstant parse = new ParseInstant(call.name(), call.argument(1));
    return new StrictCall(call.type(), call.arguments(), parse::dates);
  }

  private Vector dates(Vector[] arguments, Result result) {
    BytesVector texts = (BytesVector) arguments[0];
    int[] days = new int[result.count()];
    for (int i = 0; i < days.length; i++) {
      SimpleDateFormat formatter =
          result.isNull(i) ? null : formatter((BytesVector) arguments[1], i, UTC, result);
      if (formatter != null) {
        long millis = parse(formatter, texts.string(i));
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(millis, Unit.MILLIS_PER_DAY));
        days[i] = Calendar.toDays(date.getYear(), date.getMonthValue(), date.getDayOfMonth());
      }
    }
    return new IntVector(days.length, days, result.nulls());
  }

  /** DATE_FORMAT(text, pattern), of a text in the default pattern; null if it isn't. */
  static Expression reformat(FunctionCall call) {
    ParseInstant parse = new ParseInstant(call.name(), call.argument(1));
    SimpleDateFormat from = new SimpleDateFormat(Patterns.DEFAULT, Patterns.LOCALE);
    from.setTimeZone(UTC);
    return new StrictCall(
        call.type(),
        call.arguments(),
        (arguments, result) ->
            TextResult.compute(
                result,
                i -> {
                  SimpleDateFormat to = parse.formatter((BytesVector) arguments[1], i, UTC, result);
                  long millis = parse(from, ((BytesVector) arguments[0]).string(i));
                  return to == null || millis == UNREADABLE ? null : to.format((Object) millis);
                }));
  }

  /** CONVERT_TZ(text, from zone, to zone), all in the default pattern. */
  static Expression convertZone(FunctionCall call) {
    SimpleDateFormat formatter = new SimpleDateFormat(Patterns.DEFAULT, Patterns.LOCALE);
    return new StrictCall(
        call.type(),
        call.arguments(),
        (arguments, result) ->
            TextResult.compute(
                result,
                i -> {
                  formatter.setTimeZone(zone(arguments[1], i));
                  long millis = parse(formatter, ((BytesVector) arguments[0]).string(i));
                  formatter.setTimeZone(zone(arguments[2], i));
                  return millis == UNREADABLE ? null : formatter.format((Object) millis);
                }));
  }

  /** A zone by its name; UTC if there is none of this name. */
  private static TimeZone zone(Vector names, int row) {
    return TimeZone.getTimeZone(((BytesVector) names).string(row));
  }
}
