package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.text.Dates;

/** TO_DATE(text): {@code y[-m[-d]]} up to the first space; null for what is no date. */
final class ParseDate {
  private static final FixedPattern FIXED = FixedPattern.compile("yyyy-MM-dd", false);
  private static final int MAX_YEAR = 9999;

  /** Not the number of any day of the years that are read. */
  private static final int NO_DATE = Integer.MIN_VALUE;

  private ParseDate() {}

  static Expression create(FunctionCall call) {
    return new StrictCall(call.type(), call.arguments(), ParseDate::compute);
  }

  private static Vector compute(Vector[] arguments, Result result) {
    BytesVector texts = (BytesVector) arguments[0];
    int[] days = new int[result.count()];
    for (int i = 0; i < days.length; i++) {
      if (result.isNull(i)) {
        continue;
      }
      long fixed = FIXED.parse(texts.data(), texts.starts()[i], texts.lengths()[i]);
      if (fixed != FixedPattern.NO_MATCH) {
        days[i] = (int) (fixed / Unit.MILLIS_PER_DAY);
        continue;
      }
      try {
        days[i] = parse(texts.string(i));
        if (days[i] == NO_DATE) {
          result.setNull(i);
        }
      } catch (NumberFormatException e) {
        result.fail(i, "TO_DATE: '" + texts.string(i) + "' has a number that is too large", e);
      }
    }
    return new IntVector(days.length, days, result.nulls());
  }

  private static int parse(String text) {
    int space = text.indexOf(' ');
    String[] parts = (space > 0 ? text.substring(0, space) : text).split("-", 3);
    int[] numbers = {0, 1, 1};
    for (int i = 0; i < parts.length; i++) {
      String digits = parts[i].trim();
      if (!isNumber(digits)) {
        return NO_DATE;
      }
      numbers[i] = Integer.parseInt(digits);
    }
    int year = numbers[0];
    int month = numbers[1];
    boolean exists = year <= MAX_YEAR && month >= 1 && month <= 12 && numbers[2] >= 1;
    return exists && numbers[2] <= Dates.monthLength(year, month)
        ? Calendar.toDays(year, month, numbers[2])
        : NO_DATE;
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
