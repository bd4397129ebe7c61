package dev.millrace.engine.function;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.type.DataType;
import java.util.List;

/**
 * CASE WHEN: the branch of the first condition that is TRUE, else the last branch. Conditions are
 * evaluated only at rows still without a branch, and branches only at rows that take them.
 */
final class Case implements Expression {
  private final DataType type;
  private final Expression[] conditions;
  private final Expression[] branches;

  /** There is one branch more than conditions; all are of the given type. */
  Case(DataType type, List<Expression> conditions, List<Expression> branches) {
    this.type = type;
    this.conditions = conditions.toArray(new Expression[0]);
    this.branches = branches.toArray(new Expression[0]);
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    if (rows.isEmpty()) {
      return branches[0].evaluate(batch, rows, context);
    }
    Choice choice = new Choice(branches.length, rows);
    int[] open = null;
    int n = rows.count();
    for (int k = 0; k < conditions.length && n > 0; k++) {
      Positions openRows = open == null ? rows : choice.rows(open, n);
      BooleanVector condition = (BooleanVector) conditions[k].evaluate(batch, openRows, context);
      int[] taken = new int[n];
      int[] left = new int[n];
      int takenCount = split(condition, open, n, taken, left);
      if (takenCount > 0) {
        Positions takenRows = choice.rows(taken, takenCount);
        choice.add(branches[k].evaluate(batch, takenRows, context), taken, takenCount);
      }
      n -= takenCount;
      open = left;
    }
    if (n > 0) {
      Positions leftRows = choice.rows(open, n);
      choice.add(branches[conditions.length].evaluate(batch, leftRows, context), open, n);
    }
    return choice.build();
  }

  /** Deals the open positions out: where the condition is TRUE, and where not. */
  private static int split(BooleanVector condition, int[] open, int n, int[] taken, int[] left) {
    boolean[] values = condition.values();
    boolean[] nulls = condition.nulls();
    int takenCount = 0;
    int leftCount = 0;
    for (int j = 0; j < n; j++) {
      int i = open == null ? j : open[j];
      if (values[j] && (nulls == null || !nulls[j])) {
        taken[takenCount++] = i;
      } else {
        left[leftCount++] = i;
      }
    }
    return takenCount;
  }
}
