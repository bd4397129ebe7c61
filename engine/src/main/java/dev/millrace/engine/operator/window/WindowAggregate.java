package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.aggregate.GroupInput;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.StateTable;
import java.util.Arrays;
import java.util.List;

/**
 * GROUP BY key and window, for windows that are cut evenly (TUMBLE, HOP and CUMULATE) and for
 * windows that rows come with: those have them as columns, and are aggregated in row time, whatever
 * time they were cut from. Emits the results of a window once, when the watermark, or the clock for
 * windows of processing time, shows that it is complete; only of keys that have rows in it.
 *
 * <p>A row is aggregated once, into its slice; a window merges its slices when it is complete. A
 * window that grows is merged into its first slice, as in Flink. A row that is late for all its
 * windows is dropped and counted; one that is late for some counts in the others. Windows of
 * processing time that are not complete when the input ends are never emitted: Flink's are not.
 *
 * <p>Memory per key and slice: that of the {@link KeyTable} (about 16 bytes for a BIGINT), that of
 * each accumulator (8 for COUNT), 8 more if rows can be taken back. A slice goes as a whole with
 * the last window that it belongs to.
 */
public final class WindowAggregate extends WindowOperator {
  private static final int EMITTED_AT_ONCE = 4096;

  private final SliceSpec spec;
  private final List<WindowProperty> properties;
  private final GroupInput input;
  private final Windows windows;
  private final Slices slices;

  /**
   * Throws {@code UnsupportedException} that names every function which is not there.
   *
   * @param partials whether the input is that of a {@link LocalWindowAggregate}
   * @param properties what to say of the window after the key and the results
   */
  public WindowAggregate(SliceSpec spec, boolean partials, List<WindowProperty> properties) {
    super(spec.time());
    this.spec = spec;
    this.properties = properties;
    this.input = partials ? spec.stateInput() : new GroupInput.Rows();
    this.windows = spec.windows();
    this.slices = new Slices(spec);
    spec.newSlice();
  }

  @Override
  public void process(int ignored, Batch all) {
    Batch batch = times().withTime(all, context());
    if (batch.rowCount() == 0) {
      return;
    }
    long[] ends = times().sliceEnds(batch, windows, now());
    SliceRows parts = SliceRows.of(ends, batch.rowCount());
    for (int i = 0; i < parts.slices(); i++) {
      add(batch, parts.end(i), parts.rows(i));
    }
  }

  private void add(Batch batch, long sliceEnd, int[] rows) {
    long last = windows.lastWindow(sliceEnd);
    if (last < windows.firstWindow(sliceEnd)) {
      return; // between two windows
    }
    if (zone().isComplete(last, progress().time())) {
      late(0, batch, rows, rows.length);
      return;
    }
    slices.add(target(sliceEnd), batch, spec.keyColumns(), rows, input);
  }

  /** A slice that has been merged into the first of its growing window is that from then on. */
  private long target(long sliceEnd) {
    boolean merged =
        windows.kind() == Windows.Kind.CUMULATE
            && !windows.attached()
            && zone().isComplete(sliceEnd, progress().time());
    return merged ? windows.firstSlice(sliceEnd) : sliceEnd;
  }

  @Override
  void complete(long before, long to) {
    for (Long end = slices.firstDue();
        end != null && zone().isComplete(end, to);
        end = slices.firstDue()) {
      if (!zone().isComplete(end, before)) {
        emit(slices.merged(end), end);
      }
      slices.close(end);
    }
  }

  private void emit(Slice window, long end) {
    for (int from = 0; from < window.size(); from += EMITTED_AT_ONCE) {
      int[] numbers = window.present(from, Math.min(window.size(), from + EMITTED_AT_ONCE));
      Vector[] group = window.keys(numbers);
      Vector[] results = window.results(numbers);
      int keys = spec.keySize();
      Vector[] columns = Arrays.copyOf(group, keys + results.length + properties.size());
      System.arraycopy(results, 0, columns, keys, results.length);
      long[] starts = starts(group, numbers.length, end);
      long[] ends = new long[numbers.length];
      Arrays.fill(ends, end);
      for (int i = 0; i < properties.size(); i++) {
        columns[keys + results.length + i] = properties.get(i).of(starts, ends, zone());
      }
      emit(new Batch(numbers.length, columns));
    }
  }

  private long[] starts(Vector[] group, int count, long end) {
    if (windows.kind() == Windows.Kind.SESSION) {
      return ((TimestampVector) group[spec.keySize()]).millis();
    }
    long[] starts = new long[count];
    Arrays.fill(starts, windows.windowStart(end));
    return starts;
  }

  @Override
  public List<StateTable> state() {
    return List.of(slices, progress());
  }
}
