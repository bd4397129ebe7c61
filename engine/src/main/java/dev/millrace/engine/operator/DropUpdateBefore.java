package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.RowKind;

/** Removes the {@code -U} rows, for consumers that update by key. */
public final class DropUpdateBefore extends StatelessOperator {
  @Override
  public void process(int input, Batch batch) {
    byte[] kinds = batch.rowKinds();
    if (kinds == null) {
      emit(batch);
      return;
    }
    byte dropped = RowKind.UPDATE_BEFORE.code();
    int[] kept = new int[batch.rowCount()];
    int count = 0;
    for (int i = 0; i < batch.rowCount(); i++) {
      if (kinds[i] != dropped) {
        kept[count++] = i;
      }
    }
    emit(count == batch.rowCount() ? batch : batch.take(Positions.of(kept, count)));
  }
}
