package dev.millrace.engine.function;

/** Arithmetic of float columns after IEEE 754: nothing fails. */
final class FloatArithmetic {
  private FloatArithmetic() {}

  static float[] compute(Arithmetic operator, float[] left, float[] right, int count) {
    float[] out = new float[count];
    switch (operator) {
      case ADD -> add(left, right, out);
      case SUBTRACT -> subtract(left, right, out);
      case MULTIPLY -> multiply(left, right, out);
      case DIVIDE -> divide(left, right, out);
      case REMAINDER -> remainder(left, right, out);
    }
    return out;
  }

  private static void add(float[] left, float[] right, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] + right[i];
    }
  }

  private static void subtract(float[] left, float[] right, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] - right[i];
    }
  }

  private static void multiply(float[] left, float[] right, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] * right[i];
    }
  }

  private static void divide(float[] left, float[] right, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] / right[i];
    }
  }

  private static void remainder(float[] left, float[] right, float[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = left[i] % right[i];
    }
  }

  static float[] negate(float[] values, int count) {
    float[] out = new float[count];
    for (int i = 0; i < count; i++) {
      out[i] = -values[i];
    }
    return out;
  }
}
