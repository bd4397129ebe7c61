package dev.millrace.engine.function;

import dev.millrace.engine.error.UnsupportedException;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.type.DataType;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A call of a SQL function, as a plan asks for it.
 *
 * @param name the function's SQL name in upper case, or its operator: {@code UPPER}, {@code +},
 *     {@code IS NULL}
 * @param arguments the operands
 * @param type the result type that the planner inferred
 */
public record FunctionCall(String name, List<Expression> arguments, DataType type) {
  public Expression argument(int index) {
    return arguments.get(index);
  }

  public DataType argumentType(int index) {
    return arguments.get(index).type();
  }

  public int arity() {
    return arguments.size();
  }

  /** What to throw when there is no kernel for these types. */
  public UnsupportedException unsupported() {
    return new UnsupportedException("function " + signature());
  }

  /** The call with its argument types, for messages: {@code UPPER(STRING)}. */
  public String signature() {
    return arguments.stream()
        .map(argument -> argument.type().withNullable(true).toString())
        .collect(Collectors.joining(", ", name + "(", ")"));
  }
}
