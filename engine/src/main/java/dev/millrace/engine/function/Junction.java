package dev.millrace.engine.function;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Nulls;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * AND and OR in three-valued logic. An operand is evaluated only at rows that those before it left
 * undecided: AND by FALSE, OR by TRUE.
 */
final class Junction implements Expression {
  private final DataType type;
  private final Expression[] operands;
  private final boolean deciding;

  /** {@code deciding} is the value that decides: FALSE for AND, TRUE for OR. */
  Junction(DataType type, List<Expression> operands, boolean deciding) {
    this.type = type;
    this.operands = operands.toArray(new Expression[0]);
    this.deciding = deciding;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public BooleanVector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    int count = rows.count();
    BooleanVector first = (BooleanVector) operands[0].evaluate(batch, rows, context);
    boolean[] values = Arrays.copyOf(first.values(), count);
    boolean[] nulls = first.nulls() == null ? null : Nulls.copy(first.nulls(), count);
    for (int k = 1; k < operands.length; k++) {
      int[] open = new int[count];
      int n = undecided(values, nulls, open);
      if (n == 0) {
        break;
      }
      Positions openRows = n == count ? rows : rows.compose(open, n);
      BooleanVector next = (BooleanVector) operands[k].evaluate(batch, openRows, context);
      nulls = merge(values, nulls, open, n, next);
    }
    return new BooleanVector(count, values, nulls);
  }

  /** Writes the positions that are null or not the deciding value; returns how many. */
  private int undecided(boolean[] values, boolean[] nulls, int[] positions) {
    int n = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != deciding || (nulls != null && nulls[i])) {
        positions[n++] = i;
      }
    }
    return n;
  }

  /** Adds an operand's values at the positions that were open; returns the null bits. */
  private boolean[] merge(
      boolean[] values, boolean[] nulls, int[] open, int n, BooleanVector next) {
    boolean[] merged = nulls;
    boolean[] nextValues = next.values();
    boolean[] nextNulls = next.nulls();
    for (int j = 0; j < n; j++) {
      int i = open[j];
      if (nextNulls != null && nextNulls[j]) {
        merged = merged == null ? new boolean[values.length] : merged;
        merged[i] = true;
      } else if (nextValues[j] == deciding) {
        values[i] = deciding;
        if (merged != null) {
          merged[i] = false;
        }
      }
    }
    return merged;
  }
}
