package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.deadletter.FailedAt;
import dev.millrace.engine.deadletter.RowErrors;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.EvaluationContext.RowError;
import dev.millrace.engine.type.DataType;
import java.util.function.Supplier;

/**
 * Reports the rows for which an expression has failed. Whether there are any is asked once per
 * batch; the values of the others are as if those had not been there.
 */
public final class RowFailures {
  private interface Report {
    void reject(int row, String message, Throwable cause);
  }

  private RowFailures() {}

  /**
   * Reports those of a batch of an input, each once.
   *
   * @param place begins the messages
   * @return which rows of the batch have failed, or null if none has
   */
  public static boolean[] report(
      EvaluationContext evaluation, RowErrors errors, String place, int input, Batch batch) {
    return report(
        evaluation,
        place,
        batch.rowCount(),
        (row, message, cause) ->
            errors.reject(FailedAt.EXPRESSION, input, batch, row, message, cause));
  }

  /** The same for rows that the operator has made itself; {@code rowType} is their ROW. */
  public static boolean[] report(
      EvaluationContext evaluation,
      RowErrors errors,
      String place,
      Supplier<DataType> rowType,
      Batch batch) {
    return report(
        evaluation,
        place,
        batch.rowCount(),
        (row, message, cause) -> errors.reject(rowType, batch, row, message, cause));
  }

  private static boolean[] report(
      EvaluationContext evaluation, String place, int rowCount, Report report) {
    if (!evaluation.hasErrors()) {
      return null;
    }
    boolean[] failed = new boolean[rowCount];
    for (RowError error : evaluation.takeErrors()) {
      if (!failed[error.row()]) {
        failed[error.row()] = true;
        report.reject(error.row(), place + ": " + error.message(), error.cause());
      }
    }
    return failed;
  }

  /**
   * The rows of a batch of an input that have a value in a column; the others are reported.
   *
   * @param message what is wrong with those, behind the operator's name
   */
  public static Batch withValue(
      OperatorContext context, int input, Batch batch, int column, String message) {
    boolean[] missing = batch.column(column).nulls();
    for (int row = 0; missing != null && row < batch.rowCount(); row++) {
      if (missing[row]) {
        context
            .errors()
            .reject(FailedAt.EXPRESSION, input, batch, row, context.name() + message, null);
      }
    }
    return others(batch, missing);
  }

  /** Those of the rows that have not failed; {@code failed} is null if none has. */
  public static Positions without(Positions rows, boolean[] failed) {
    if (failed == null) {
      return rows;
    }
    Positions places = others(rows, failed);
    return places.isDense() ? rows : rows.compose(places.indexes(), places.count());
  }

  /** The places in {@code rows} of those that have not failed. */
  public static Positions others(Positions rows, boolean[] failed) {
    int[] places = new int[rows.count()];
    int count = 0;
    for (int i = 0; i < places.length; i++) {
      if (!failed[rows.get(i)]) {
        places[count++] = i;
      }
    }
    return count == places.length ? Positions.all(count) : Positions.of(places, count);
  }

  /** The rows of a batch that have not failed; {@code failed} is null if none has. */
  public static Batch others(Batch batch, boolean[] failed) {
    return batch.take(without(Positions.all(batch.rowCount()), failed));
  }
}
