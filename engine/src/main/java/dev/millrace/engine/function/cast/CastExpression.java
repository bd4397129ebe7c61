package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.expression.Nulls;
import dev.millrace.engine.time.ZoneOffsets;
import dev.millrace.engine.type.DataType;
import java.time.ZoneId;
import java.util.function.Supplier;

/** CAST or TRY_CAST of an expression: runs a {@link Cast} and makes what failed null. */
final class CastExpression implements Expression {
  private final DataType type;
  private final Expression operand;
  private final Cast cast;
  private final boolean nullOnFailure;
  private ZoneOffsets zone;

  /** With {@code nullOnFailure}, a row that cannot be cast is no error. */
  CastExpression(DataType type, Expression operand, Cast cast, boolean nullOnFailure) {
    this.type = type;
    this.operand = operand;
    this.cast = cast;
    this.nullOnFailure = nullOnFailure;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    Vector input = operand.evaluate(batch, rows, context);
    Run run = new Run(rows, context);
    Vector result = cast.cast(input, rows.count(), run);
    return run.failed == null ? result : result.withNulls(run.nulls(result));
  }

  private ZoneOffsets zone(ZoneId wanted) {
    if (zone == null || !zone.zone().equals(wanted)) {
      zone = new ZoneOffsets(wanted);
    }
    return zone;
  }

  /** One evaluation; of the failures of a row, which may be nested, the first counts. */
  private final class Run implements CastContext {
    private final Positions rows;
    private final EvaluationContext context;
    private boolean[] failed;

    Run(Positions rows, EvaluationContext context) {
      this.rows = rows;
      this.context = context;
    }

    @Override
    public ZoneOffsets zone() {
      return CastExpression.this.zone(context.zone());
    }

    @Override
    public void fail(int position, Supplier<String> message) {
      if (failed == null) {
        failed = new boolean[rows.count()];
      }
      if (!failed[position] && !nullOnFailure) {
        context.fail(rows.get(position), message.get(), null);
      }
      failed[position] = true;
    }

    boolean[] nulls(Vector result) {
      boolean[] nulls = Nulls.copy(result.nulls(), failed.length);
      for (int i = 0; i < nulls.length; i++) {
        nulls[i] |= failed[i];
      }
      return nulls;
    }
  }
}
