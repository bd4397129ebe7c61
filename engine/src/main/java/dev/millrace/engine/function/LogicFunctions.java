package dev.millrace.engine.function;

import static java.util.Map.entry;

import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.expression.StrictCall;
import dev.millrace.engine.kernel.Comparator;
import dev.millrace.engine.kernel.Comparators;
import dev.millrace.engine.kernel.Comparison;
import java.util.Map;

/** Three-valued logic and the tests that end it. */
final class LogicFunctions implements FunctionSet {
  @Override
  public Map<String, Function> functions() {
    return Map.ofEntries(
        entry("AND", call -> new Junction(call.type(), call.arguments(), false)),
        entry("OR", call -> new Junction(call.type(), call.arguments(), true)),
        entry("NOT", call -> new StrictCall(call.type(), call.arguments(), LogicFunctions::negate)),
        entry("IS TRUE", call -> truth(call, true, false)),
        entry("IS NOT TRUE", call -> truth(call, true, true)),
        entry("IS FALSE", call -> truth(call, false, false)),
        entry("IS NOT FALSE", call -> truth(call, false, true)),
        entry("IS NULL", call -> new NullTest(call.type(), call.argument(0), false)),
        entry("IS NOT NULL", call -> new NullTest(call.type(), call.argument(0), true)),
        entry("IS UNKNOWN", call -> new NullTest(call.type(), call.argument(0), false)),
        entry("IS NOT UNKNOWN", call -> new NullTest(call.type(), call.argument(0), true)),
        entry("IS DISTINCT FROM", call -> distinct(call, false)),
        entry("IS NOT DISTINCT FROM", call -> distinct(call, true)));
  }

  private static Expression truth(FunctionCall call, boolean tested, boolean negated) {
    return new TruthTest(call.type(), call.argument(0), tested, negated);
  }

  private static Expression distinct(FunctionCall call, boolean negated) {
    Comparator equality =
        Comparators.of(Comparison.EQUAL, call.argumentType(0), call.argumentType(1));
    if (equality == null) {
      throw call.unsupported();
    }
    return new Distinct(call.type(), call.argument(0), call.argument(1), equality, negated);
  }

  private static Vector negate(Vector[] arguments, Result result) {
    boolean[] values = ((BooleanVector) arguments[0]).values();
    boolean[] out = new boolean[result.count()];
    for (int i = 0; i < out.length; i++) {
      out[i] = !values[i];
    }
    return new BooleanVector(out.length, out, result.nulls());
  }
}
