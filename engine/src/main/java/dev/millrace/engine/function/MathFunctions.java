package dev.millrace.engine.function;

import static java.util.Map.entry;

import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/** Functions of analysis, which compute with doubles whatever number they are given. */
final class MathFunctions implements FunctionSet {
  private static final Map<String, DoubleUnaryOperator> UNARY =
      Map.ofEntries(
          entry("EXP", Math::exp),
          entry("LN", Math::log),
          entry("LOG", Math::log),
          entry("LOG2", x -> Math.log(x) / Math.log(2)),
          entry("LOG10", Math::log10),
          entry("SIN", Math::sin),
          entry("COS", Math::cos),
          entry("TAN", Math::tan),
          entry("COT", x -> 1 / Math.tan(x)),
          entry("ASIN", Math::asin),
          entry("ACOS", Math::acos),
          entry("ATAN", Math::atan),
          entry("SINH", Math::sinh),
          entry("COSH", Math::cosh),
          entry("TANH", Math::tanh),
          entry("DEGREES", Math::toDegrees),
          entry("RADIANS", Math::toRadians));
  private static final Map<String, DoubleBinaryOperator> BINARY =
      Map.of(
          "POWER", Math::pow,
          "ATAN2", Math::atan2,
          "LOG", (base, x) -> Math.log(x) / Math.log(base));
  private static final Map<String, Double> CONSTANTS = Map.of("PI", Math.PI, "E", Math.E);

  @Override
  public Map<String, Function> functions() {
    Map<String, Function> functions = new HashMap<>();
    CONSTANTS.forEach((name, value) -> functions.put(name, call -> constant(call, value)));
    UNARY.forEach((name, operator) -> functions.put(name, call -> unary(call, operator)));
    BINARY.forEach(
        (name, operator) ->
            functions.merge(name, call -> binary(call, operator), MathFunctions::byArity));
    return functions;
  }

  private static Function byArity(Function unary, Function binary) {
    return call -> (call.arity() == 1 ? unary : binary).create(call);
  }

  private static Expression constant(FunctionCall call, double value) {
    return new Literal(call.type(), value);
  }

  // The call of the operator is not inlined where many are in use, but dwarfed by what it computes.

  private static Expression unary(FunctionCall call, DoubleUnaryOperator operator) {
    checkDoubles(call);
    DataType type = call.argumentType(0);
    return new StrictCall(
        call.type(),
        call.arguments(),
        (arguments, result) -> {
          int count = result.count();
          double[] values = NumericArrays.doubles(arguments[0], type, count);
          double[] out = new double[count];
          for (int i = 0; i < count; i++) {
            out[i] = operator.applyAsDouble(values[i]);
          }
          return new DoubleVector(count, out, result.nulls());
        });
  }

  private static Expression binary(FunctionCall call, DoubleBinaryOperator operator) {
    checkDoubles(call);
    DataType leftType = call.argumentType(0);
    DataType rightType = call.argumentType(1);
    return new StrictCall(
        call.type(),
        call.arguments(),
        (arguments, result) -> {
          int count = result.count();
          double[] left = NumericArrays.doubles(arguments[0], leftType, count);
          double[] right = NumericArrays.doubles(arguments[1], rightType, count);
          double[] out = new double[count];
          for (int i = 0; i < count; i++) {
            out[i] = operator.applyAsDouble(left[i], right[i]);
          }
          return new DoubleVector(count, out, result.nulls());
        });
  }

  private static void checkDoubles(FunctionCall call) {
    boolean numeric = call.arguments().stream().allMatch(a -> a.type().isNumeric());
    if (!numeric || !call.type().is(TypeRoot.DOUBLE)) {
      throw call.unsupported();
    }
  }
}
