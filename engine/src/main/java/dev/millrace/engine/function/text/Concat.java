package dev.millrace.engine.function.text;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BytesBuilder;
import dev.millrace.engine.batch.BytesVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Result;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** {@code ||}, CONCAT and CONCAT_WS. */
final class Concat {
  private Concat() {}

  /** The arguments one after the other. */
  static Vector concat(Vector[] arguments, Result result) {
    BytesBuilder values = TextResult.builder();
    for (int i = 0; i < result.count(); i++) {
      int start = values.heap().length();
      if (!result.isNull(i)) {
        for (Vector argument : arguments) {
          append(values, (BytesVector) argument, i);
        }
      }
      TextResult.endValue(values, start);
    }
    return TextResult.finish(values, result);
  }

  private static void append(BytesBuilder to, BytesVector from, int position) {
    to.heap().append(from.data(), from.starts()[position], from.lengths()[position]);
  }

  static Expression withSeparator(FunctionCall call) {
    return new WithSeparator(call.type(), List.copyOf(call.arguments()));
  }

  /** CONCAT_WS: joins the values that are not null; null only where the separator is. */
  private record WithSeparator(DataType type, List<Expression> arguments) implements Expression {
    @Override
    public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
      BytesVector separator = (BytesVector) arguments.get(0).evaluate(batch, rows, context);
      BytesVector[] parts = new BytesVector[arguments.size() - 1];
      for (int p = 0; p < parts.length; p++) {
        parts[p] = (BytesVector) arguments.get(p + 1).evaluate(batch, rows, context);
      }
      BytesBuilder values = TextResult.builder();
      for (int i = 0; i < rows.count(); i++) {
        if (separator.isNull(i)) {
          values.appendNull();
        } else {
          join(values, separator, parts, i);
        }
      }
      return values.build();
    }

    private static void join(BytesBuilder to, BytesVector separator, BytesVector[] parts, int row) {
      int start = to.heap().length();
      boolean first = true;
      for (BytesVector part : parts) {
        if (part.isNull(row)) {
          continue;
        }
        if (!first) {
          append(to, separator, row);
        }
        append(to, part, row);
        first = false;
      }
      TextResult.endValue(to, start);
    }
  }
}
