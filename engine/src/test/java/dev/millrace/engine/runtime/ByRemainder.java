package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.StatelessOperator;
import java.util.function.LongPredicate;

/** Puts before each number its remainder; some have none. */
final class ByRemainder extends StatelessOperator {
  private static final int DIVISOR = 5;
  private final LongPredicate failing;

  ByRemainder() {
    this(number -> false);
  }

  /** {@code failing} numbers are reported as an expression does. */
  ByRemainder(LongPredicate failing) {
    this.failing = failing;
  }

  @Override
  public void process(int input, Batch batch) {
    long[] numbers = ((LongVector) batch.column(0)).values();
    long[] remainders = new long[batch.rowCount()];
    for (int i = 0; i < remainders.length; i++) {
      remainders[i] = numbers[i] % DIVISOR;
      if (failing.test(numbers[i])) {
        evaluation().fail(i, "it has no remainder", null);
      }
    }
    Vector[] columns = {new LongVector(remainders.length, remainders, null), batch.column(0)};
    Positions all = Positions.all(batch.rowCount());
    emit(projected(batch, all, columns, failedRows(batch)));
  }
}
