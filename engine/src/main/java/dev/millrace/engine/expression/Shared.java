package dev.millrace.engine.expression;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/**
 * An expression that stands in several places of one operator and is computed once per batch: its
 * values are kept until the next batch, and taken from there for all rows that were computed.
 *
 * <p>Rows are computed only when they are asked for, since an enclosing CASE may exclude them; if
 * some of those asked for are missing, all of those are computed.
 */
public final class Shared implements Expression {
  private static final int NONE = -1;

  private final Expression expression;
  private Batch batch;
  private Vector values;
  private Positions computed;

  /** Where in the values each row of the batch is, if not at its own place. */
  private int[] places = {};

  public Shared(Expression expression) {
    this.expression = expression;
  }

  @Override
  public DataType type() {
    return expression.type();
  }

  @Override
  public Vector evaluate(Batch input, Positions rows, EvaluationContext context) {
    if (input == batch) {
      Vector known = known(rows);
      if (known != null) {
        return known;
      }
    }
    values = expression.evaluate(input, rows, context);
    batch = input;
    computed = rows;
    locate();
    return values;
  }

  /** The values for the rows, or null if one of them was not computed. */
  private Vector known(Positions rows) {
    if (rows == computed) {
      return values;
    }
    if (computed.isDense()) {
      return computed.count() == batch.rowCount() ? rows.take(values) : null;
    }
    int[] found = new int[rows.count()];
    for (int i = 0; i < found.length; i++) {
      found[i] = places[rows.get(i)];
      if (found[i] == NONE) {
        return null;
      }
    }
    return values.take(found, found.length);
  }

  private void locate() {
    if (computed.isDense()) {
      return;
    }
    if (places.length < batch.rowCount()) {
      places = new int[batch.rowCount()];
    }
    Arrays.fill(places, 0, batch.rowCount(), NONE);
    for (int i = 0; i < computed.count(); i++) {
      places[computed.get(i)] = i;
    }
  }
}
