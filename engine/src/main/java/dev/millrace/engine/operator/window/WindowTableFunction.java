package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.ForwardingOperator;
import java.util.Arrays;

/**
 * TUMBLE, HOP and CUMULATE as table functions: hands on each row once per window that it lies in,
 * with the window's start, end and last millisecond in three more columns. Rows without a time are
 * dropped and counted. Keeps nothing.
 */
public final class WindowTableFunction extends ForwardingOperator {
  private static final WindowProperty[] PROPERTIES = WindowProperty.values();

  private final RowTime time;
  private final Windows windows;
  private final WindowZone zone;
  private final RowTimes times;

  public WindowTableFunction(RowTime time, Windows windows) {
    this.time = time;
    this.windows = windows;
    this.zone = new WindowZone(time.zone());
    this.times = new RowTimes(time, zone);
  }

  @Override
  public void process(int ignored, Batch batch) {
    Positions withTime = times.timed(batch);
    withoutTime(batch, withTime);
    Batch timed = batch.take(withTime);
    int count = timed.rowCount();
    if (count == 0) {
      return;
    }
    long now = time.isProcessingTime() ? context().clock().millis() : 0;
    long[] sliceEnds = times.sliceEnds(timed, windows, now);
    int[] rows = new int[count];
    long[] starts = new long[count];
    long[] ends = new long[count];
    int n = 0;
    boolean once = true;
    for (int row = 0; row < count; row++) {
      long last = windows.lastWindow(sliceEnds[row]);
      for (long end = windows.firstWindow(sliceEnds[row]); end <= last; end += windows.step()) {
        if (n == rows.length) {
          rows = Arrays.copyOf(rows, 2 * n);
          starts = Arrays.copyOf(starts, 2 * n);
          ends = Arrays.copyOf(ends, 2 * n);
        }
        once &= n == row;
        rows[n] = row;
        starts[n] = windows.windowStart(end);
        ends[n++] = end;
      }
    }
    Batch copies = once && n == count ? timed : timed.take(Positions.of(rows, n));
    emit(withWindows(copies, Arrays.copyOf(starts, n), Arrays.copyOf(ends, n), zone));
  }

  /** The rows with their windows' properties behind. */
  static Batch withWindows(Batch rows, long[] starts, long[] ends, WindowZone zone) {
    int columns = rows.columnCount();
    Vector[] vectors = new Vector[columns + PROPERTIES.length];
    for (int i = 0; i < columns; i++) {
      vectors[i] = rows.column(i);
    }
    for (int i = 0; i < PROPERTIES.length; i++) {
      vectors[columns + i] = PROPERTIES[i].of(starts, ends, zone);
    }
    return rows.withColumns(vectors);
  }
}
