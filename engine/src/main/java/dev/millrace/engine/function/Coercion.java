package dev.millrace.engine.function;

import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.List;

/** Brings operands to the common type that a function returns or works with. */
final class Coercion {
  private Coercion() {}

  /**
   * The expression itself where its values are values of the type too, else a cast that makes null
   * of what it cannot cast, as Flink's generated code does.
   */
  static Expression to(Expression expression, DataType type) {
    if (expression.type().is(TypeRoot.NULL)) {
      return new Literal(type.withNullable(true), null);
    }
    if (holds(type, expression.type())) {
      return expression;
    }
    return Functions.create(
        new FunctionCall("TRY_CAST", List.of(expression), type.withNullable(true)));
  }

  static List<Expression> all(List<Expression> expressions, DataType type) {
    List<Expression> coerced = new ArrayList<>();
    expressions.forEach(expression -> coerced.add(to(expression, type)));
    return coerced;
  }

  /** Whether every value of {@code from} is a value of {@code to} as it lies in memory. */
  private static boolean holds(DataType to, DataType from) {
    boolean sameRoot = to.root() == from.root();
    return switch (to.root()) {
      case VARCHAR -> from.isString() && from.length() <= to.length();
      case VARBINARY -> from.isBinary() && from.length() <= to.length();
      case CHAR, BINARY -> sameRoot && from.length() == to.length();
      case DECIMAL -> sameRoot && from.precision() == to.precision() && from.scale() == to.scale();
      case TIME, TIMESTAMP, TIMESTAMP_LTZ -> sameRoot && from.precision() <= to.precision();
      case ARRAY, MAP, MULTISET, ROW -> sameRoot && holdsChildren(to, from);
      default -> sameRoot;
    };
  }

  private static boolean holdsChildren(DataType to, DataType from) {
    if (to.children().size() != from.children().size()) {
      return false;
    }
    for (int i = 0; i < to.children().size(); i++) {
      if (!holds(to.child(i), from.child(i))) {
        return false;
      }
    }
    return true;
  }
}
