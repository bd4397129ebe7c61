package dev.millrace.engine.expression;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.RowVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;

/** A field of a ROW, null where the row is. */
public final class FieldAccess implements Expression {
  private final Expression row;
  private final int field;
  private final DataType type;

  /** {@code field} is the position among the row's fields. */
  public FieldAccess(Expression row, int field) {
    this.row = row;
    this.field = field;
    DataType fieldType = row.type().child(field);
    this.type = row.type().nullable() ? fieldType.withNullable(true) : fieldType;
  }

  @Override
  public DataType type() {
    return type;
  }

  @Override
  public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    if (row instanceof InputRef column) {
      // Only this field of the column need be gathered, not the whole row.
      RowVector values = (RowVector) batch.column(column.index());
      Vector[] alone = {values.field(field)};
      RowVector narrow = new RowVector(values.size(), alone, values.nulls());
      return Nulls.field((RowVector) rows.take(narrow), 0, rows.count());
    }
    RowVector values = (RowVector) row.evaluate(batch, rows, context);
    return Nulls.field(values, field, rows.count());
  }
}
