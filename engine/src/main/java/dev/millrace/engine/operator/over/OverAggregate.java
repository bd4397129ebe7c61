package dev.millrace.engine.operator.over;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.state.Timers;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * Adds to each row the aggregates of the rows of its partition before it in time and of itself: of
 * all, of some (ROWS), or of those of some milliseconds (RANGE, which takes in all rows of its own
 * time).
 *
 * <p>By row time, rows wait until the watermark has reached them. A row is late and dropped as in
 * Flink: over an unbounded frame when the watermark has reached its time; else when a row of its
 * partition with that or a later time has been emitted, or its time is not after 1970 began. By
 * processing time, rows are emitted as they come; those of a batch are of the same time.
 *
 * <p>Memory: {@link Partitions}; 12 bytes for each partition's timer.
 */
public final class OverAggregate extends ForwardingOperator {
  /**
   * What to do.
   *
   * @param types of the input's columns
   * @param partition the columns that name a partition
   * @param rowtime the column of the row time, or -1 for processing time
   * @param isRows whether the frame counts rows, not milliseconds
   * @param preceding how many rows or milliseconds before the row are in its frame; -1 for all
   */
  public record Spec(
      List<DataType> types, List<Integer> partition, int rowtime, boolean isRows, long preceding) {
    boolean isBounded() {
      return preceding >= 0;
    }

    boolean hasRowtime() {
      return rowtime >= 0;
    }
  }

  private final Spec spec;
  private final Partitions partitions;
  private final Timers timers = new Timers();
  private final DistinctKeys touched = new DistinctKeys();
  private long watermark = Watermarks.NONE;

  public OverAggregate(Spec spec, Aggregates aggregates) {
    this.spec = spec;
    this.partitions = new Partitions(spec, aggregates, timers);
  }

  @Override
  public void process(int input, Batch batch) {
    if (spec.hasRowtime()) {
      keep(batch);
    } else {
      emitAtOnce(batch);
    }
  }

  private void keep(Batch batch) {
    Batch timely = spec.isBounded() ? batch : batch.take(afterWatermark(batch));
    int[] partitionOfRow = partitions.locate(timely);
    long[] times = times(timely);
    int late = batch.rowCount() - timely.rowCount();
    for (int row = 0; row < partitionOfRow.length; row++) {
      int partition = partitionOfRow[row];
      if (spec.isBounded() && times[row] <= partitions.emittedUntil(partition)) {
        late++;
      } else {
        partitions.add(partition, row, times[row]);
      }
    }
    context().counter(Metrics.ROWS_LATE).add(late);
  }

  private long[] times(Batch batch) {
    return ((TimestampVector) batch.column(spec.rowtime())).millis();
  }

  private Positions afterWatermark(Batch batch) {
    long[] times = times(batch);
    int[] timely = new int[batch.rowCount()];
    int count = 0;
    for (int row = 0; row < timely.length; row++) {
      if (times[row] > watermark) {
        timely[count++] = row;
      }
    }
    return Positions.of(timely, count);
  }

  private void emitAtOnce(Batch batch) {
    long now = context().clock().millis();
    int[] partitionOfRow = partitions.locate(batch);
    for (int row = 0; row < partitionOfRow.length; row++) {
      partitions.append(partitionOfRow[row], row, now);
    }
    emit(partitions.advance(touched.find(partitionOfRow, partitions.limit()), now));
  }

  @Override
  public void watermark(long timestamp) {
    watermark = timestamp;
    int[] due = new int[64];
    int count = 0;
    while (timers.isDue(timestamp)) {
      due = count == due.length ? Arrays.copyOf(due, 2 * count) : due;
      due[count++] = timers.poll();
    }
    if (count > 0) {
      int[] distinct = touched.find(Arrays.copyOf(due, count), partitions.limit());
      emit(partitions.advance(distinct, timestamp));
      partitions.cleanUp(distinct, timestamp);
    }
    super.watermark(timestamp);
  }

  @Override
  public List<StateTable> state() {
    return List.of(partitions, partitions.rows());
  }
}
