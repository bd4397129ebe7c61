package dev.millrace.engine.operator.sort;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.operator.window.Progress;
import dev.millrace.engine.state.StateTable;
import java.util.List;

/**
 * ORDER BY a row time, then perhaps by other columns: keeps rows until the watermark has reached
 * them. Rows at or before the last one emitted are late: they are dropped and counted.
 *
 * <p>Memory: {@link SortBuffer}.
 */
public final class RowTimeSort extends ForwardingOperator {
  private final int rowtime;
  private final SortBuffer rows;

  private final Progress watermark = new Progress();

  /** The row time of the last row emitted. */
  private final Progress emitted = new Progress("emitted");

  /** The first of the order's columns is the row time. */
  public RowTimeSort(SortSpec spec) {
    this.rowtime = spec.order().get(0).column();
    this.rows = new SortBuffer(spec, rowtime);
  }

  @Override
  public void process(int input, Batch batch) {
    Positions timely = timely(times(batch), batch.rowCount());
    lateOthers(input, batch, timely);
    rows.add(batch.take(timely));
  }

  private long[] times(Batch batch) {
    return ((TimestampVector) batch.column(rowtime)).millis();
  }

  private Positions timely(long[] times, int count) {
    int[] timely = new int[count];
    int n = 0;
    for (int row = 0; row < count; row++) {
      if (times[row] > emitted.time()) {
        timely[n++] = row;
      }
    }
    return n == count ? Positions.all(count) : Positions.of(timely, n);
  }

  @Override
  public void watermark(long timestamp) {
    Batch due = watermark.advance(timestamp) ? rows.takeUntil(timestamp) : null;
    if (due != null) {
      emitted.advance(times(due)[due.rowCount() - 1]);
      emit(due);
    }
    super.watermark(timestamp);
  }

  @Override
  public List<StateTable> state() {
    return List.of(rows, watermark, emitted);
  }
}
