package dev.millrace.engine.function;

import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.kernel.DecimalColumn;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.function.UnaryOperator;

/** ABS, SIGN, FLOOR and CEIL of numbers, and ROUND and TRUNCATE. */
final class RoundingFunctions implements FunctionSet {
  /** What is done with each value. */
  private enum Operator {
    ABS,
    SIGN,
    FLOOR,
    CEIL
  }

  @Override
  public Map<String, Function> functions() {
    return Map.of(
        "ABS", call -> unary(call, Operator.ABS),
        "SIGN", call -> unary(call, Operator.SIGN),
        "FLOOR", call -> unary(call, Operator.FLOOR),
        "CEIL", call -> unary(call, Operator.CEIL),
        "CEILING", call -> unary(call, Operator.CEIL),
        "ROUND", call -> DigitRounding.create(call, RoundingMode.HALF_UP),
        "TRUNCATE", call -> DigitRounding.create(call, RoundingMode.DOWN));
  }

  private static Expression unary(FunctionCall call, Operator operator) {
    DataType type = call.argumentType(0);
    if (call.arity() != 1) {
      throw call.unsupported();
    }
    Kernel kernel =
        switch (type.root()) {
          case TINYINT, SMALLINT, INT, BIGINT -> integers(operator, type);
          case FLOAT -> (arguments, result) -> floats(operator, arguments[0], type, result);
          case DOUBLE ->
              (arguments, result) ->
                  new DoubleVector(
                      result.count(),
                      doubles(operator, arguments[0], type, result),
                      result.nulls());
          case DECIMAL -> decimals(operator, type, call.type());
          default -> throw call.unsupported();
        };
    return kernel == null
        ? call.argument(0)
        : new StrictCall(call.type(), call.arguments(), kernel);
  }

  /** Null where integers stay as they are. */
  private static Kernel integers(Operator operator, DataType type) {
    return switch (operator) {
      case ABS ->
          (arguments, result) -> {
            long[] values = NumericArrays.longs(arguments[0], result.count());
            long[] out = new long[result.count()];
            for (int i = 0; i < out.length; i++) {
              out[i] = values[i] < 0 ? -values[i] : values[i];
            }
            return IntegerVectors.of(type, out, result);
          };
      case SIGN ->
          (arguments, result) -> {
            long[] values = NumericArrays.longs(arguments[0], result.count());
            long[] out = new long[result.count()];
            for (int i = 0; i < out.length; i++) {
              out[i] = Long.signum(values[i]);
            }
            return IntegerVectors.of(type, out, result);
          };
      case FLOOR, CEIL -> null;
    };
  }

  private static FloatVector floats(
      Operator operator, Vector argument, DataType type, Result result) {
    double[] values = doubles(operator, argument, type, result);
    float[] out = new float[values.length];
    for (int i = 0; i < out.length; i++) {
      out[i] = (float) values[i];
    }
    return new FloatVector(out.length, out, result.nulls());
  }

  private static double[] doubles(
      Operator operator, Vector argument, DataType type, Result result) {
    double[] values = NumericArrays.doubles(argument, type, result.count());
    double[] out = new double[result.count()];
    switch (operator) {
      case ABS -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Math.abs(values[i]);
        }
      }
      case SIGN -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Math.signum(values[i]);
        }
      }
      case FLOOR -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Math.floor(values[i]);
        }
      }
      case CEIL -> {
        for (int i = 0; i < out.length; i++) {
          out[i] = Math.ceil(values[i]);
        }
      }
    }
    return out;
  }

  private static Kernel decimals(Operator operator, DataType type, DataType resultType) {
    UnaryOperator<BigDecimal> function =
        switch (operator) {
          case ABS -> BigDecimal::abs;
          case SIGN -> value -> BigDecimal.valueOf(value.signum());
          case FLOOR -> value -> value.setScale(0, RoundingMode.FLOOR);
          case CEIL -> value -> value.setScale(0, RoundingMode.CEILING);
        };
    return (arguments, result) -> {
      DecimalColumn values = DecimalColumn.of(arguments[0], type, result.count());
      DecimalResult out = new DecimalResult(resultType, result);
      for (int i = 0; i < result.count(); i++) {
        if (!result.isNull(i)) {
          out.set(i, function.apply(values.get(i)));
        }
      }
      return out.build();
    };
  }
}
