package dev.millrace.engine.function;

import dev.millrace.engine.expression.Result;

/** Arithmetic of int columns; overflow wraps, and dividing by zero fails the row. */
final class IntArithmetic {
  private IntArithmetic() {}

  static int[] compute(Arithmetic operator, int[] left, int[] right, Result result) {
    int[] out = new int[result.count()];
    switch (operator) {
      case ADD -> add(left, right, out);
      case SUBTRACT -> subtract(left, right, out);
      case MULTIPLY -> multiply(left, right, out);
      case DIVIDE -> divide(left, right, out, result);
      case REMAINDER -> remainder(left, right, out, result);
    }
    return out;
  }

  private static void add(int[] left, int[] right, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] + right[i];
    }
  }

  private static void subtract(int[] left, int[] right, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] - right[i];
    }
  }

  private static void multiply(int[] left, int[] right, int[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] * right[i];
    }
  }

  private static void divide(int[] left, int[] right, int[] out, Result result) {
    for (int i = 0; i < out.length; i++) {
      if (right[i] != 0) {
        out[i] = left[i] / right[i];
      } else if (!result.isNull(i)) {
        result.fail(i, Arithmetic.DIVISION_BY_ZERO, null);
      }
    }
  }

  private static void remainder(int[] left, int[] right, int[] out, Result result) {
    for (int i = 0; i < out.length; i++) {
      if (right[i] != 0) {
        out[i] = left[i] % right[i];
      } else if (!result.isNull(i)) {
        result.fail(i, Arithmetic.DIVISION_BY_ZERO, null);
      }
    }
  }

  static int[] negate(int[] values, int count) {
    int[] out = new int[count];
    for (int i = 0; i < count; i++) {
      out[i] = -values[i];
    }
    return out;
  }
}
