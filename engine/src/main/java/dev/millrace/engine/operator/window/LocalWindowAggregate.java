package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.operator.aggregate.GroupInput;
import dev.millrace.engine.time.Watermarks;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates the rows of each batch by key and slice and hands on what it knows of them ({@link
 * SliceSpec#stateRow}), so that fewer rows have to be exchanged by key. Rows behind the watermark
 * are handed on one by one, since whoever merges them may find them late, and counts and reports
 * each. Keeps nothing but the watermark.
 */
public final class LocalWindowAggregate extends ForwardingOperator {
  private final SliceSpec spec;
  private final GroupInput input = new GroupInput.Rows();
  private final WindowZone zone;
  private final RowTimes times;
  private long watermark = Watermarks.NONE;

  /** Throws {@code UnsupportedException} that names every function which is not there. */
  public LocalWindowAggregate(SliceSpec spec) {
    this.spec = spec;
    this.zone = new WindowZone(spec.time().zone());
    this.times = new RowTimes(spec.time(), zone);
    spec.newSlice();
  }

  @Override
  public void process(int ignored, Batch all) {
    Batch batch = times.withTime(all, context());
    if (batch.rowCount() == 0) {
      return;
    }
    long[] ends = times.sliceEnds(batch, spec.windows(), 0);
    SliceRows parts = SliceRows.of(ends, batch.rowCount());
    List<Batch> states = new ArrayList<>(parts.slices());
    for (int i = 0; i < parts.slices(); i++) {
      long end = parts.end(i);
      if (zone.isComplete(spec.windows().lastWindow(end), watermark)) {
        for (int row : parts.rows(i)) {
          states.add(state(batch, end, row));
        }
      } else {
        states.add(state(batch, end, parts.rows(i)));
      }
    }
    emit(concat(states.toArray(new Batch[0])));
  }

  private Batch state(Batch batch, long sliceEnd, int... rows) {
    Slice slice = spec.newSlice();
    slice.add(batch, spec.keyColumns(), rows, input);
    return slice.state(sliceEnd);
  }

  @Override
  public void watermark(long timestamp) {
    watermark = timestamp;
    super.watermark(timestamp);
  }

  private static Batch concat(Batch[] batches) {
    if (batches.length == 1) {
      return batches[0];
    }
    int rows = 0;
    int[] counts = new int[batches.length];
    for (int i = 0; i < batches.length; i++) {
      counts[i] = batches[i].rowCount();
      rows += counts[i];
    }
    Vector[] columns = new Vector[batches[0].columnCount()];
    Vector[] parts = new Vector[batches.length];
    for (int column = 0; column < columns.length; column++) {
      for (int i = 0; i < batches.length; i++) {
        parts[i] = batches[i].column(column);
      }
      columns[column] = Vectors.concat(parts, counts);
    }
    return new Batch(rows, columns);
  }
}
