package dev.millrace.engine.operator.sink;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.Arena;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.StateTable;
import java.util.Arrays;
import java.util.List;

/**
 * Makes of a changelog whose rows are not told apart by the sink's primary key one that is by that
 * key: keeps all rows of each key, in the order in which they came, and emits the one that came
 * last, once per key and batch. When that is taken back the one before it is emitted again.
 *
 * <p>Rows may have an upsert key: a row then replaces, in its place, the one with the same upsert
 * key, and is the one to be emitted. A row to be taken back that is not there is passed over.
 *
 * <p>Memory: {@link PrimaryKeyRows}.
 */
public final class UpsertMaterializer extends ForwardingOperator {
  private final PrimaryKeyRows keys;
  private final DistinctKeys touched;

  public UpsertMaterializer(PrimaryKeyRows.Spec spec) {
    this.keys = new PrimaryKeyRows(spec);
    this.touched = keys.touched();
  }

  @Override
  public void process(int input, Batch batch) {
    long now = context().clock().millis();
    int[] keyOfRow = keys.locate(batch);
    int[] distinct = touched.find(keyOfRow, keys.limit());
    keys.forgetExpired(distinct, now);
    boolean[] wasLive = keys.live(distinct);
    int[] latest = new int[distinct.length];
    for (int row = 0; row < keyOfRow.length; row++) {
      int i = touched.indexOf(keyOfRow[row]);
      RowKind kind = batch.rowKind(row);
      int changed =
          kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER
              ? keys.add(keyOfRow[row], row)
              : keys.retract(keyOfRow[row], row);
      latest[i] = changed == Arena.NONE ? latest[i] : changed;
    }
    keys.write(distinct, now);
    emitChanges(wasLive, keys.live(distinct), latest);
    keys.free(distinct);
  }

  private void emitChanges(boolean[] wasLive, boolean[] isLive, int[] latest) {
    int[] addresses = new int[latest.length];
    byte[] kinds = new byte[latest.length];
    int count = 0;
    boolean insertOnly = true;
    for (int i = 0; i < latest.length; i++) {
      if (latest[i] != Arena.NONE && (wasLive[i] || isLive[i])) {
        RowKind kind = RowKind.INSERT;
        if (wasLive[i]) {
          kind = isLive[i] ? RowKind.UPDATE_AFTER : RowKind.DELETE;
        }
        insertOnly &= kind == RowKind.INSERT;
        kinds[count] = kind.code();
        addresses[count++] = latest[i];
      }
    }
    if (count > 0) {
      Vector[] columns = keys.get(addresses, count);
      emit(new Batch(count, columns, insertOnly ? null : Arrays.copyOf(kinds, count)));
    }
  }

  @Override
  public void tick() {
    keys.sweep(context().clock().millis());
  }

  @Override
  public List<StateTable> state() {
    return List.of(keys);
  }
}
