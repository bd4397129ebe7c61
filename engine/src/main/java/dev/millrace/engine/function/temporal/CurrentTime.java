package dev.millrace.engine.function.temporal;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.function.FunctionCall;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;

/**
 * The functions that give the time at which the batch is computed: as an instant, or in the
 * session's zone; as BIGINT, in seconds since the epoch.
 */
record CurrentTime(DataType type) implements Expression {
  static Expression create(FunctionCall call) {
    return switch (call.type().root()) {
      case TIMESTAMP, TIMESTAMP_LTZ, DATE, TIME, BIGINT -> new CurrentTime(call.type());
      default -> throw call.unsupported();
    };
  }

  @Override
  public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
    long now = context.millis(batch);
    long local = Local.millis(now, Local.zone(context));
    int count = rows.count();
    return switch (type.root()) {
      case TIMESTAMP -> timestamps(local, count);
      case TIMESTAMP_LTZ -> timestamps(now, count);
      case DATE -> ints((int) Math.floorDiv(local, Unit.MILLIS_PER_DAY), count);
      case TIME -> ints((int) (local % Unit.MILLIS_PER_DAY), count);
      default -> new LongVector(count, filled(now / 1_000, count), null);
    };
  }

  private static Vector timestamps(long millis, int count) {
    return new TimestampVector(count, filled(millis, count), null, null);
  }

  private static Vector ints(int value, int count) {
    int[] values = new int[count];
    Arrays.fill(values, value);
    return new IntVector(count, values, null);
  }

  private static long[] filled(long value, int count) {
    long[] values = new long[count];
    Arrays.fill(values, value);
    return values;
  }
}
