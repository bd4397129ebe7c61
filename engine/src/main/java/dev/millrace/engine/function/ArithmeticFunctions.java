package dev.millrace.engine.function;

import dev.millrace.engine.batch.ByteVector;
import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.FloatVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.ShortVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Kernel;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Map;

/**
 * The arithmetic operators on numbers. Operands of different types are brought to the result's type
 * first, which the planner chose to hold both.
 */
final class ArithmeticFunctions implements FunctionSet {
  @Override
  public Map<String, Function> functions() {
    return Map.of(
        "+", call -> call.arity() == 1 ? plus(call) : binary(call, Arithmetic.ADD),
        "-", call -> call.arity() == 1 ? minus(call) : binary(call, Arithmetic.SUBTRACT),
        "*", call -> binary(call, Arithmetic.MULTIPLY),
        "/", call -> binary(call, Arithmetic.DIVIDE),
        "%", call -> remainder(call),
        "MOD", call -> remainder(call));
  }

  private static Expression binary(FunctionCall call, Arithmetic operator) {
    DataType left = call.argumentType(0);
    DataType right = call.argumentType(1);
    if (!left.isNumeric() || !right.isNumeric()) {
      throw call.unsupported();
    }
    return strict(call, kernel(call, operator, left, right, call.type()));
  }

  private static Expression strict(FunctionCall call, Kernel kernel) {
    return new StrictCall(call.type(), call.arguments(), kernel);
  }

  private static Kernel kernel(
      FunctionCall call, Arithmetic operator, DataType left, DataType right, DataType type) {
    return switch (type.root()) {
      case TINYINT -> (arguments, result) -> bytes(ints(operator, arguments, result), result);
      case SMALLINT -> (arguments, result) -> shorts(ints(operator, arguments, result), result);
      case INT -> (arguments, result) -> vector(ints(operator, arguments, result), result);
      case BIGINT -> (arguments, result) -> vector(longs(operator, arguments, result), result);
      case FLOAT ->
          (arguments, result) -> {
            int count = result.count();
            float[] a = NumericArrays.floats(arguments[0], count);
            float[] b = NumericArrays.floats(arguments[1], count);
            return vector(FloatArithmetic.compute(operator, a, b, count), result);
          };
      case DOUBLE ->
          (arguments, result) -> {
            int count = result.count();
            double[] a = NumericArrays.doubles(arguments[0], left, count);
            double[] b = NumericArrays.doubles(arguments[1], right, count);
            return vector(DoubleArithmetic.compute(operator, a, b, count), result);
          };
      case DECIMAL -> new DecimalArithmetic(operator, left, right, type);
      default -> throw call.unsupported();
    };
  }

  private static int[] ints(Arithmetic operator, Vector[] arguments, Result result) {
    int[] a = NumericArrays.ints(arguments[0], result.count());
    int[] b = NumericArrays.ints(arguments[1], result.count());
    return IntArithmetic.compute(operator, a, b, result);
  }

  private static long[] longs(Arithmetic operator, Vector[] arguments, Result result) {
    long[] a = NumericArrays.longs(arguments[0], result.count());
    long[] b = NumericArrays.longs(arguments[1], result.count());
    return LongArithmetic.compute(operator, a, b, result);
  }

  /**
   * The result has the type of the divisor, but is computed in the wider of both types: {@code
   * BIGINT % INT} is INT.
   */
  private static Expression remainder(FunctionCall call) {
    DataType left = call.argumentType(0);
    DataType right = call.argumentType(1);
    TypeRoot wide = left.root();
    if (left.isInteger() && right.isInteger() && wide == TypeRoot.BIGINT) {
      return switch (call.type().root()) {
        case TINYINT -> strict(call, (a, r) -> bytes(narrow(remainders(a, r)), r));
        case SMALLINT -> strict(call, (a, r) -> shorts(narrow(remainders(a, r)), r));
        case INT -> strict(call, (a, r) -> vector(narrow(remainders(a, r)), r));
        default -> binary(call, Arithmetic.REMAINDER);
      };
    }
    return binary(call, Arithmetic.REMAINDER);
  }

  private static long[] remainders(Vector[] arguments, Result result) {
    return longs(Arithmetic.REMAINDER, arguments, result);
  }

  private static int[] narrow(long[] values) {
    return NumericArrays.narrowToInts(values);
  }

  private static Expression plus(FunctionCall call) {
    if (!call.type().isNumeric()) {
      throw call.unsupported();
    }
    return call.argument(0);
  }

  private static Expression minus(FunctionCall call) {
    DataType operand = call.argumentType(0);
    if (!operand.isNumeric()) {
      throw call.unsupported();
    }
    if (operand.is(TypeRoot.DECIMAL)) {
      return strict(call, (arguments, result) -> DecimalUnary.negate(arguments[0], result));
    }
    return strict(call, (arguments, result) -> negate(arguments[0], result));
  }

  private static Vector negate(Vector operand, Result result) {
    int count = result.count();
    if (operand instanceof LongVector longs) {
      return vector(LongArithmetic.negate(longs.values(), count), result);
    }
    if (operand instanceof FloatVector floats) {
      return vector(FloatArithmetic.negate(floats.values(), count), result);
    }
    if (operand instanceof DoubleVector doubles) {
      return vector(DoubleArithmetic.negate(doubles.values(), count), result);
    }
    int[] negated = IntArithmetic.negate(NumericArrays.ints(operand, count), count);
    if (operand instanceof IntVector) {
      return vector(negated, result);
    }
    return operand instanceof ShortVector ? shorts(negated, result) : bytes(negated, result);
  }

  private static Vector bytes(int[] values, Result result) {
    return new ByteVector(values.length, NumericArrays.narrowToBytes(values), result.nulls());
  }

  private static Vector shorts(int[] values, Result result) {
    return new ShortVector(values.length, NumericArrays.narrowToShorts(values), result.nulls());
  }

  private static Vector vector(int[] values, Result result) {
    return new IntVector(values.length, values, result.nulls());
  }

  private static Vector vector(long[] values, Result result) {
    return new LongVector(values.length, values, result.nulls());
  }

  private static Vector vector(float[] values, Result result) {
    return new FloatVector(values.length, values, result.nulls());
  }

  private static Vector vector(double[] values, Result result) {
    return new DoubleVector(values.length, values, result.nulls());
  }
}
