package dev.millrace.engine.runtime;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.operator.StatelessOperator;

/** Puts before each number its remainder. */
final class ByRemainder extends StatelessOperator {
  private static final int DIVISOR = 5;

  @Override
  public void process(int input, Batch batch) {
    long[] numbers = ((LongVector) batch.column(0)).values();
    long[] remainders = new long[batch.rowCount()];
    for (int i = 0; i < remainders.length; i++) {
      remainders[i] = numbers[i] % DIVISOR;
    }
    context()
        .output()
        .emit(
            new Batch(
                remainders.length,
                new LongVector(remainders.length, remainders, null),
                batch.column(0)));
  }
}
