package dev.millrace.engine.function;

import dev.millrace.engine.batch.DecimalVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.kernel.DecimalColumn;
import dev.millrace.engine.text.Decimals;
import dev.millrace.engine.type.DataType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Arithmetic of decimals and integers whose result is a DECIMAL: exact, then rounded half up to the
 * result's scale; null where the result's precision does not hold it. Division and remainder work
 * with 38 digits before that rounding.
 *
 * <p>Sums of up to 18 digits and products that 64 bits hold are computed in 64 bits; longer sums of
 * one scale, and products of factors that 64 bits hold, in 128 bits; all else with BigDecimal.
 */
final class DecimalArithmetic implements Kernel {
  private static final MathContext DIVISION = new MathContext(38, RoundingMode.HALF_UP);

  private final Arithmetic operator;
  private final DataType leftType;
  private final DataType rightType;
  private final DataType type;

  DecimalArithmetic(Arithmetic operator, DataType leftType, DataType rightType, DataType type) {
    this.operator = operator;
    this.leftType = leftType;
    this.rightType = rightType;
    this.type = type;
  }

  @Override
  public DecimalVector compute(Vector[] arguments, Result result) {
    DecimalColumn left = DecimalColumn.of(arguments[0], leftType, result.count());
    DecimalColumn right = DecimalColumn.of(arguments[1], rightType, result.count());
    DecimalResult out = new DecimalResult(type, result);
    switch (operator) {
      case ADD -> add(left, right, 1, out, result);
      case SUBTRACT -> add(left, right, -1, out, result);
      case MULTIPLY -> multiply(left, right, out, result);
      default -> divide(left, right, out, result);
    }
    return out.build();
  }

  private void add(
      DecimalColumn left, DecimalColumn right, int sign, DecimalResult out, Result result) {
    int scale = type.scale();
    if (left.fitsAtScale(scale) && right.fitsAtScale(scale)) {
      long[] leftValues = left.low();
      long[] rightValues = right.low();
      long leftFactor = Decimals.pow10(scale - left.scale());
      long rightFactor = sign * Decimals.pow10(scale - right.scale());
      int count = result.count();
      for (int i = 0; i < count; i++) {
        if (!result.isNull(i)) {
          out.set(i, leftValues[i] * leftFactor + rightValues[i] * rightFactor);
        }
      }
      return;
    }
    int digits = Math.max(left.digits(), right.digits()) + 1;
    if (left.scale() == scale && right.scale() == scale && digits <= type.precision()) {
      addWide(left, right, sign, out, result);
      return;
    }
    for (int i = 0; i < result.count(); i++) {
      if (!result.isNull(i)) {
        BigDecimal a = left.get(i);
        BigDecimal b = right.get(i);
        out.set(i, sign > 0 ? a.add(b) : a.subtract(b));
      }
    }
  }

  /** In 128 bits, which hold every sum. */
  private static void addWide(
      DecimalColumn left, DecimalColumn right, int sign, DecimalResult out, Result result) {
    for (int i = 0; i < result.count(); i++) {
      if (!result.isNull(i)) {
        long a = left.low()[i];
        long b = right.low()[i];
        if (sign > 0) {
          long low = a + b;
          long carry = Long.compareUnsigned(low, a) < 0 ? 1 : 0;
          out.set(i, left.highAt(i) + right.highAt(i) + carry, low);
        } else {
          long borrow = Long.compareUnsigned(a, b) < 0 ? 1 : 0;
          out.set(i, left.highAt(i) - right.highAt(i) - borrow, a - b);
        }
      }
    }
  }

  private void multiply(DecimalColumn left, DecimalColumn right, DecimalResult out, Result result) {
    if (left.digits() + right.digits() <= DecimalVector.MAX_COMPACT_PRECISION
        && left.scale() + right.scale() == type.scale()) {
      long[] leftValues = left.low();
      long[] rightValues = right.low();
      int count = result.count();
      for (int i = 0; i < count; i++) {
        if (!result.isNull(i)) {
          out.set(i, leftValues[i] * rightValues[i]);
        }
      }
      return;
    }
    boolean fits =
        left.digits() + right.digits() <= type.precision()
            && left.scale() + right.scale() == type.scale();
    for (int i = 0; i < result.count(); i++) {
      if (result.isNull(i)) {
        continue;
      }
      if (fits && left.isLong(i) && right.isLong(i)) {
        long a = left.low()[i];
        long b = right.low()[i];
        out.set(i, Math.multiplyHigh(a, b), a * b);
      } else {
        out.set(i, left.get(i).multiply(right.get(i)));
      }
    }
  }

  private void divide(DecimalColumn left, DecimalColumn right, DecimalResult out, Result result) {
    boolean quotient = operator == Arithmetic.DIVIDE;
    for (int i = 0; i < result.count(); i++) {
      if (result.isNull(i)) {
        continue;
      }
      BigDecimal divisor = right.get(i);
      if (divisor.signum() == 0) {
        result.fail(i, Arithmetic.DIVISION_BY_ZERO, null);
        continue;
      }
      try {
        BigDecimal a = left.get(i);
        out.set(i, quotient ? a.divide(divisor, DIVISION) : a.remainder(divisor, DIVISION));
      } catch (ArithmeticException e) {
        result.fail(i, "remainder of a quotient with more than 38 digits", e);
      }
    }
  }
}
