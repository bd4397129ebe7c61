package dev.millrace.engine.expression;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.VectorBuilder;
import dev.millrace.engine.type.DataType;

/**
 * A constant: the same value, or null, at every row.
 *
 * <p>The column is filled once and reused; it grows with the largest batch seen. The value is of
 * the Java class that {@link Values} has for the type.
 */
public final class Literal implements Expression {
  private final DataType type;
  private final Object value;
  private final Vector one;
  private Vector filled;

  public Literal(DataType type, Object value) {
    this.type = type;
    this.value = value;
    VectorBuilder builder = VectorBuilder.of(type, new ByteHeap());
    Values.append(builder, type, value);
    this.one = builder.build();
    this.filled = one;
  }

  @Override
  public DataType type() {
    return type;
  }

  /** The constant as a Java object, or null. */
  public Object value() {
    return value;
  }

  /** The constant alone, as a vector of one position. */
  public Vector vector() {
    return one;
  }

  /** Whether an expression is a constant other than null, so that a kernel can prepare for it. */
  public static boolean isValue(Expression expression) {
    return expression instanceof Literal literal && literal.value != null;
  }

  @Override
  public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    return filled(rows.count());
  }

  /** The constant at {@code count} positions at least. */
  Vector filled(int count) {
    if (filled.size() < count) {
      filled = one.take(new int[count], count);
    }
    return filled;
  }
}
