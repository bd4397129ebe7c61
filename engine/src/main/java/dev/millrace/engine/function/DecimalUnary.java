package dev.millrace.engine.function;

import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Result;

/** Decimal functions of one argument that keep its scale. */
final class DecimalUnary {
  private DecimalUnary() {}

  static DecimalVector negate(Vector operand, Result result) {
    DecimalVector decimals = (DecimalVector) operand;
    int count = result.count();
    long[] low = LongArithmetic.negate(decimals.low(), count);
    long[] high = null;
    if (decimals.high() != null) {
      high = new long[count];
      long[] highIn = decimals.high();
      for (int i = 0; i < count; i++) {
        // Two's complement: invert and add one; the one carries over only into a low half of 0.
        high[i] = low[i] == 0 ? -highIn[i] : ~highIn[i];
      }
    }
    return new DecimalVector(count, low, high, result.nulls());
  }
}
