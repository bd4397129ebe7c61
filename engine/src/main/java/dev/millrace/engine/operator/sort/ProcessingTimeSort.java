package dev.millrace.engine.operator.sort;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.operator.window.Progress;
import dev.millrace.engine.state.StateTable;
import java.util.List;

/**
 * ORDER BY the processing time, then by other columns: keeps the rows of a millisecond until the
 * clock has moved on.
 *
 * <p>Memory: {@link SortBuffer}.
 */
public final class ProcessingTimeSort extends ForwardingOperator {
  private final SortBuffer rows;

  /** The millisecond of the rows. */
  private final Progress millis = new Progress("millis");

  /** The order's columns are those after the processing time. */
  public ProcessingTimeSort(SortSpec spec) {
    this.rows = new SortBuffer(spec, -1);
  }

  @Override
  public void process(int input, Batch batch) {
    tick();
    millis.advance(context().clock().millis());
    rows.add(batch);
  }

  @Override
  public boolean emitsOnTick() {
    return true;
  }

  @Override
  public void tick() {
    if (!rows.isEmpty() && context().clock().millis() > millis.time()) {
      emitAll();
    }
  }

  private void emitAll() {
    Batch all = rows.takeUntil(Long.MAX_VALUE);
    if (all != null) {
      emit(all);
    }
  }

  @Override
  public void endOfInput(int input) {
    emitAll();
  }

  @Override
  public List<StateTable> state() {
    return List.of(rows, millis);
  }
}
