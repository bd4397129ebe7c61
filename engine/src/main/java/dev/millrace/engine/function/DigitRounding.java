package dev.millrace.engine.function;

import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.kernel.DecimalColumn;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * ROUND (half up) and TRUNCATE (down) to a number of digits after the point, or before it if
 * negative.
 *
 * <p>A floating-point number is taken as the decimal digits that it prints as. NaN and infinities
 * have none and fail; so does TRUNCATE from 1e20 on, which Flink has no room for.
 */
final class DigitRounding {
  private static final DataType DIGITS = DataType.of(TypeRoot.INT).withNullable(false);
  private static final int TRUNCATE_PRECISION = 38;
  private static final int TRUNCATE_SCALE = 18;

  private final RoundingMode mode;
  private final DataType type;
  private final DataType resultType;

  private DigitRounding(RoundingMode mode, DataType type, DataType resultType) {
    this.mode = mode;
    this.type = type;
    this.resultType = resultType;
  }

  static Expression create(FunctionCall call, RoundingMode mode) {
    boolean toUnits = call.arity() == 1;
    if (!toUnits && !call.argumentType(1).isInteger()) {
      throw call.unsupported();
    }
    DigitRounding rounding = new DigitRounding(mode, call.argumentType(0), call.type());
    Kernel kernel =
        switch (call.argumentType(0).root()) {
          case TINYINT, SMALLINT, INT, BIGINT -> rounding::integers;
          case FLOAT -> rounding::floats;
          case DOUBLE -> rounding::doubles;
          case DECIMAL -> rounding::decimals;
          default -> throw call.unsupported();
        };
    List<Expression> arguments =
        toUnits ? List.of(call.argument(0), new Literal(DIGITS, 0)) : call.arguments();
    return new StrictCall(call.type(), arguments, kernel);
  }

  private Vector integers(Vector[] arguments, Result result) {
    long[] values = NumericArrays.longs(arguments[0], result.count());
    int[] digits = digits(arguments[1], result);
    long[] out = new long[result.count()];
    for (int i = 0; i < out.length; i++) {
      if (digits[i] >= 0) {
        out[i] = values[i];
      } else if (!result.isNull(i)) {
        out[i] = round(BigDecimal.valueOf(values[i]), digits[i]).longValue();
      }
    }
    return IntegerVectors.of(resultType, out, result);
  }

  private FloatVector floats(Vector[] arguments, Result result) {
    double[] values = NumericArrays.doubles(arguments[0], type, result.count());
    int[] digits = digits(arguments[1], result);
    float[] out = new float[result.count()];
    for (int i = 0; i < out.length; i++) {
      BigDecimal rounded = round(values[i], digits[i], i, result);
      out[i] = rounded == null ? 0 : rounded.floatValue();
    }
    return new FloatVector(out.length, out, result.nulls());
  }

  private DoubleVector doubles(Vector[] arguments, Result result) {
    double[] values = NumericArrays.doubles(arguments[0], type, result.count());
    int[] digits = digits(arguments[1], result);
    double[] out = new double[result.count()];
    for (int i = 0; i < out.length; i++) {
      BigDecimal rounded = round(values[i], digits[i], i, result);
      out[i] = rounded == null ? 0 : rounded.doubleValue();
    }
    return new DoubleVector(out.length, out, result.nulls());
  }

  private Vector decimals(Vector[] arguments, Result result) {
    DecimalColumn values = DecimalColumn.of(arguments[0], type, result.count());
    int[] digits = digits(arguments[1], result);
    DecimalResult out = new DecimalResult(resultType, result);
    for (int i = 0; i < result.count(); i++) {
      if (!result.isNull(i)) {
        out.set(i, round(values.get(i), digits[i]));
      }
    }
    return out.build();
  }

  private static int[] digits(Vector digits, Result result) {
    return NumericArrays.ints(digits, result.count());
  }

  /** The rounded value, or null where it is null or fails. */
  private BigDecimal round(double value, int digits, int position, Result result) {
    if (result.isNull(position)) {
      return null;
    }
    if (!Double.isFinite(value)) {
      result.fail(position, value + " has no digits to round", null);
      return null;
    }
    BigDecimal decimal = BigDecimal.valueOf(value);
    if (mode == RoundingMode.HALF_UP) {
      return round(decimal, digits);
    }
    BigDecimal fitting = decimal.setScale(TRUNCATE_SCALE, RoundingMode.HALF_UP);
    if (fitting.precision() > TRUNCATE_PRECISION) {
      result.fail(position, value + " has too many digits to truncate", null);
      return null;
    }
    return round(fitting, digits);
  }

  private BigDecimal round(BigDecimal value, int digits) {
    int wholeDigits = value.precision() - value.scale();
    if (digits >= value.scale()) {
      return value;
    }
    // Ten to a large power would take for ever to compute, only to come to nothing.
    return -digits > wholeDigits ? BigDecimal.ZERO : value.setScale(digits, mode);
  }
}
