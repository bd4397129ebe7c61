package dev.millrace.engine.function;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.type.DataType;
import java.util.List;

/** The first argument that is not null; an argument is evaluated only where those before it are. */
final class Coalesce implements Expression {
  private final DataType type;
  private final Expression[] arguments;

  /** All arguments are of the given type. */
  Coalesce(DataType type, List<Expression> arguments) {
    this.type = type;
    this.arguments = arguments.toArray(new Expression[0]);
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    Vector first = arguments[0].evaluate(batch, rows, context);
    if (first.nulls() == null || arguments.length == 1 || rows.isEmpty()) {
      return first;
    }
    Choice choice = new Choice(arguments.length, rows);
    int[] open = new int[rows.count()];
    for (int i = 0; i < open.length; i++) {
      open[i] = i;
    }
    int n = open.length;
    Vector values = first;
    for (int k = 1; ; k++) {
      boolean last = k == arguments.length;
      int[] filled = new int[n];
      int[] within = new int[n];
      int[] left = new int[n];
      int filledCount = 0;
      int leftCount = 0;
      for (int j = 0; j < n; j++) {
        if (last || !values.isNull(j)) {
          within[filledCount] = j;
          filled[filledCount++] = open[j];
        } else {
          left[leftCount++] = open[j];
        }
      }
      if (filledCount > 0) {
        choice.add(values.take(within, filledCount), filled, filledCount);
      }
      if (leftCount == 0) {
        return choice.build();
      }
      open = left;
      n = leftCount;
      values = arguments[k].evaluate(batch, choice.rows(open, n), context);
    }
  }
}
