package dev.millrace.engine.kernel;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;

/**
 * Comparisons as Flink's generated code makes them.
 *
 * <p>Numbers are compared after Java's promotion ({@code BIGINT} with {@code FLOAT} as floats; NaN
 * is unequal to all), decimals exactly among exact numbers and by {@link Double#compare} with
 * floating-point ones. Strings and binary values compare by unsigned bytes, FALSE is less than
 * TRUE. Arrays, maps and rows can only be equal or not.
 */
public final class Comparators {
  private Comparators() {}

  /** How to compare these types, or null when they cannot be compared in this way. */
  public static Comparator of(Comparison operator, DataType left, DataType right) {
    if (operator == Comparison.NOT_EQUAL) {
      return negated(of(Comparison.EQUAL, left, right));
    }
    if (operator == Comparison.GREATER || operator == Comparison.GREATER_OR_EQUAL) {
      return swapped(of(operator.mirrored(), right, left));
    }
    if (left.isNumeric() && right.isNumeric()) {
      return numeric(operator, left, right);
    }
    if ((left.isString() && right.isString()) || (left.isBinary() && right.isBinary())) {
      return operator == Comparison.EQUAL
          ? Comparators::equalBytes
          : signs(operator, Comparators::compareBytes);
    }
    if (left.isTimestamp() && left.root() == right.root()) {
      return signs(operator, Comparators::compareTimestamps);
    }
    if (left.root() != right.root()) {
      return null;
    }
    return switch (left.root()) {
      case BOOLEAN -> signs(operator, Comparators::compareBooleans);
      case DATE, TIME, INTERVAL_YEAR_MONTH -> ints(operator);
      case INTERVAL_DAY_TIME -> longs(operator);
      case ARRAY, MAP, MULTISET, ROW ->
          operator == Comparison.EQUAL && Equality.isDefined(left, right)
              ? (a, b, count) -> Equality.equal(a, left, b, right, count)
              : null;
      default -> null;
    };
  }

  private static Comparator negated(Comparator comparator) {
    if (comparator == null) {
      return null;
    }
    return (left, right, count) -> {
      boolean[] answers = comparator.compare(left, right, count);
      for (int i = 0; i < count; i++) {
        answers[i] = !answers[i];
      }
      return answers;
    };
  }

  private static Comparator swapped(Comparator comparator) {
    return comparator == null
        ? null
        : (left, right, count) -> comparator.compare(right, left, count);
  }

  private static Comparator numeric(Comparison operator, DataType left, DataType right) {
    boolean anyDecimal = left.is(TypeRoot.DECIMAL) || right.is(TypeRoot.DECIMAL);
    boolean anyFloating = isFloating(left) || isFloating(right);
    if (anyDecimal) {
      return anyFloating
          ? signs(operator, (a, b, count) -> compareAsDoubles(a, left, b, right, count))
          : signs(operator, (a, b, count) -> DecimalComparison.compare(a, left, b, right, count));
    }
    if (left.is(TypeRoot.DOUBLE) || right.is(TypeRoot.DOUBLE)) {
      return (a, b, count) ->
          PrimitiveComparison.compare(
              operator,
              NumericArrays.doubles(a, left, count),
              NumericArrays.doubles(b, right, count),
              count);
    }
    if (anyFloating) {
      return (a, b, count) ->
          PrimitiveComparison.compare(
              operator, NumericArrays.floats(a, count), NumericArrays.floats(b, count), count);
    }
    boolean wide = left.is(TypeRoot.BIGINT) || right.is(TypeRoot.BIGINT);
    return wide ? longs(operator) : ints(operator);
  }

  private static boolean isFloating(DataType type) {
    return type.is(TypeRoot.FLOAT) || type.is(TypeRoot.DOUBLE);
  }

  private static Comparator ints(Comparison operator) {
    return (a, b, count) ->
        PrimitiveComparison.compare(
            operator, NumericArrays.ints(a, count), NumericArrays.ints(b, count), count);
  }

  private static Comparator longs(Comparison operator) {
    return (a, b, count) ->
        PrimitiveComparison.compare(
            operator, NumericArrays.longs(a, count), NumericArrays.longs(b, count), count);
  }

  /** Negative, zero or positive at each position. */
  @FunctionalInterface
  private interface Signs {
    int[] compare(Vector left, Vector right, int count);
  }

  private static Comparator signs(Comparison operator, Signs signs) {
    return (left, right, count) ->
        PrimitiveComparison.compare(
            operator, signs.compare(left, right, count), new int[count], count);
  }

  private static int[] compareAsDoubles(
      Vector left, DataType leftType, Vector right, DataType rightType, int count) {
    double[] a = NumericArrays.doubles(left, leftType, count);
    double[] b = NumericArrays.doubles(right, rightType, count);
    int[] signs = new int[count];
    for (int i = 0; i < count; i++) {
      signs[i] = Double.compare(a[i], b[i]);
    }
    return signs;
  }

  private static int[] compareBooleans(Vector left, Vector right, int count) {
    boolean[] a = ((BooleanVector) left).values();
    boolean[] b = ((BooleanVector) right).values();
    int[] signs = new int[count];
    for (int i = 0; i < count; i++) {
      signs[i] = Boolean.compare(a[i], b[i]);
    }
    return signs;
  }

  private static int[] compareTimestamps(Vector left, Vector right, int count) {
    TimestampVector leftTimes = (TimestampVector) left;
    TimestampVector rightTimes = (TimestampVector) right;
    long[] a = leftTimes.millis();
    long[] b = rightTimes.millis();
    boolean fine = leftTimes.nanos() != null || rightTimes.nanos() != null;
    int[] signs = new int[count];
    for (int i = 0; i < count; i++) {
      int sign = Long.compare(a[i], b[i]);
      signs[i] = sign == 0 && fine ? leftTimes.nanosAt(i) - rightTimes.nanosAt(i) : sign;
    }
    return signs;
  }

  private static int[] compareBytes(Vector left, Vector right, int count) {
    BytesVector a = (BytesVector) left;
    BytesVector b = (BytesVector) right;
    int[] signs = new int[count];
    for (int i = 0; i < count; i++) {
      signs[i] = ByteRanges.compare(a, i, b, i);
    }
    return signs;
  }

  private static boolean[] equalBytes(Vector left, Vector right, int count) {
    BytesVector a = (BytesVector) left;
    BytesVector b = (BytesVector) right;
    boolean[] equal = new boolean[count];
    for (int i = 0; i < count; i++) {
      equal[i] = ByteRanges.equal(a, i, b, i);
    }
    return equal;
  }
}
