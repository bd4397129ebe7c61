package dev.millrace.engine.function;

import dev.millrace.engine.expression.Result;

/** Arithmetic of long columns; overflow wraps, and dividing by zero fails the row. */
final class LongArithmetic {
  private LongArithmetic() {}

  static long[] compute(Arithmetic operator, long[] left, long[] right, Result result) {
    long[] out = new long[result.count()];
    switch (operator) {
      case ADD -> add(left, right, out);
      case SUBTRACT -> subtract(left, right, out);
      case MULTIPLY -> multiply(left, right, out);
      case DIVIDE -> divide(left, right, out, result);
      case REMAINDER -> remainder(left, right, out, result);
    }
    return out;
  }

  private static void add(long[] left, long[] right, long[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] + right[i];
    }
  }

  private static void subtract(long[] left, long[] right, long[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] - right[i];
    }
  }

  private static void multiply(long[] left, long[] right, long[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] * right[i];
    }
  }

  private static void divide(long[] left, long[] right, long[] out, Result result) {
    for (int i = 0; i < out.length; i++) {
      if (right[i] != 0) {
        out[i] = left[i] / right[i];
      } else if (!result.isNull(i)) {
        result.fail(i, Arithmetic.DIVISION_BY_ZERO, null);
      }
    }
  }

  private static void remainder(long[] left, long[] right, long[] out, Result result) {
    for (int i = 0; i < out.length; i++) {
      if (right[i] != 0) {
        out[i] = left[i] % right[i];
      } else if (!result.isNull(i)) {
        result.fail(i, Arithmetic.DIVISION_BY_ZERO, null);
      }
    }
  }

  static long[] negate(long[] values, int count) {
    long[] out = new long[count];
    for (int i = 0; i < count; i++) {
      out[i] = -values[i];
    }
    return out;
  }
}
