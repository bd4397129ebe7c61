package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;

/** Merges its inputs as they come. */
public final class Union extends StatelessOperator {
  @Override
  public void process(int input, Batch batch) {
    emit(batch);
  }
}
