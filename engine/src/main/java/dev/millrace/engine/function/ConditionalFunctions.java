package dev.millrace.engine.function;

import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Functions that choose one of their arguments. */
final class ConditionalFunctions implements FunctionSet {
  private static final DataType CONDITION = DataType.of(TypeRoot.BOOLEAN).withNullable(false);

  @Override
  public Map<String, Function> functions() {
    return Map.of(
        "CASE", ConditionalFunctions::caseWhen,
        "IF", ConditionalFunctions::caseWhen,
        "COALESCE", ConditionalFunctions::coalesce,
        "IFNULL", ConditionalFunctions::coalesce,
        "NULLIF", ConditionalFunctions::nullIf);
  }

  /** Arguments are condition, branch, condition, branch, ..., last branch. */
  private static Expression caseWhen(FunctionCall call) {
    List<Expression> conditions = new ArrayList<>();
    List<Expression> branches = new ArrayList<>();
    int last = call.arity() - 1;
    for (int i = 0; i < last; i += 2) {
      conditions.add(call.argument(i));
      branches.add(Coercion.to(call.argument(i + 1), call.type()));
    }
    branches.add(Coercion.to(call.argument(last), call.type()));
    return new Case(call.type(), conditions, branches);
  }

  private static Expression coalesce(FunctionCall call) {
    return new Coalesce(call.type(), Coercion.all(call.arguments(), call.type()));
  }

  private static Expression nullIf(FunctionCall call) {
    Expression equal =
        Functions.create(new FunctionCall("=", call.arguments(), CONDITION.withNullable(true)));
    Expression nothing = new Literal(call.type().withNullable(true), null);
    List<Expression> branches = List.of(nothing, Coercion.to(call.argument(0), call.type()));
    return new Case(call.type(), List.of(equal), branches);
  }
}
