package dev.millrace.engine.function;

/** Arithmetic of double columns after IEEE 754: nothing fails. */
final class DoubleArithmetic {
  private DoubleArithmetic() {}

  static double[] compute(Arithmetic operator, double[] left, double[] right, int count) {
    double[] out = new double[count];
    switch (operator) {
      case ADD -> add(left, right, out);
      case SUBTRACT -> subtract(left, right, out);
      case MULTIPLY -> multiply(left, right, out);
      case DIVIDE -> divide(left, right, out);
      case REMAINDER -> remainder(left, right, out);
    }
    return out;
  }

  private static void add(double[] left, double[] right, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] + right[i];
    }
  }

  private static void subtract(double[] left, double[] right, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] - right[i];
    }
  }

  private static void multiply(double[] left, double[] right, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] * right[i];
    }
  }

  private static void divide(double[] left, double[] right, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] / right[i];
    }
  }

  private static void remainder(double[] left, double[] right, double[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] % right[i];
    }
  }

  static double[] negate(double[] values, int count) {
    double[] out = new double[count];
    for (int i = 0; i < count; i++) {
      out[i] = -values[i];
    }
    return out;
  }
}
