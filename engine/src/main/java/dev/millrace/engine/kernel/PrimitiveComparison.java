package dev.millrace.engine.kernel;

/** Comparison of arrays of primitives by Java's operators. */
final class PrimitiveComparison {
  private PrimitiveComparison() {}

  static boolean[] compare(Comparison operator, int[] left, int[] right, int count) {
    boolean[] out = new boolean[count];
    switch (operator) {
      case EQUAL -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] == right[i];
        }
      }
      case LESS -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] < right[i];
        }
      }
      case LESS_OR_EQUAL -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] <= right[i];
        }
      }
      default -> throw new IllegalArgumentException("not reduced: " + operator);
    }
    return out;
  }

  static boolean[] compare(Comparison operator, long[] left, long[] right, int count) {
    boolean[] out = new boolean[count];
    switch (operator) {
      case EQUAL -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] == right[i];
        }
      }
      case LESS -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] < right[i];
        }
      }
      case LESS_OR_EQUAL -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] <= right[i];
        }
      }
      default -> throw new IllegalArgumentException("not reduced: " + operator);
    }
    return out;
  }

  static boolean[] compare(Comparison operator, float[] left, float[] right, int count) {
    boolean[] out = new boolean[count];
    switch (operator) {
      case EQUAL -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] == right[i];
        }
      }
      case LESS -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] < right[i];
        }
      }
      case LESS_OR_EQUAL -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] <= right[i];
        }
      }
      default -> throw new IllegalArgumentException("not reduced: " + operator);
    }
    return out;
  }

  static boolean[] compare(Comparison operator, double[] left, double[] right, int count) {
    boolean[] out = new boolean[count];
    switch (operator) {
      case EQUAL -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] == right[i];
        }
      }
      case LESS -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] < right[i];
        }
      }
      case LESS_OR_EQUAL -> {
        for (int i = 0; i < count; i++) {
          out[i] = left[i] <= right[i];
        }
      }
      default -> throw new IllegalArgumentException("not reduced: " + operator);
    }
    return out;
  }
}
