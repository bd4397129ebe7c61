package dev.millrace.engine.operator.over;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
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
 * processing time, rows are emitted as they come; those of a batch are of the same time, but over
 * an unbounded frame count one by one.
 *
 * <p>A partition that has been idle for its time to live, and has no row that waits, is forgotten.
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
   * @param ttlMillis how long an idle partition is kept; 0 for ever. One whose frame is bounded by
   *     time goes when the frame is empty, whatever this says.
   */
  public record Spec(
      List<DataType> types,
      List<Integer> partition,
      int rowtime,
      boolean isRows,
      long preceding,
      long ttlMillis) {
    /** How long a partition may be idle; 0 for ever, or until a row time says it is to go. */
    long idleMillis() {
      if (isRows || !isBounded()) {
        return ttlMillis;
      }
      return hasRowtime() ? 0 : preceding + 1;
    }

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
  private final DistinctKeys touched;
  private long watermark = Watermarks.NONE;

  /** The calls may have {@code constants} as arguments, as columns behind those of the input. */
  public OverAggregate(Spec spec, Aggregates aggregates, Constants constants) {
    this.spec = spec;
    this.partitions = new Partitions(spec, aggregates, constants, timers);
    this.touched = partitions.touched();
  }

  @Override
  public void process(int input, Batch batch) {
    if (spec.hasRowtime()) {
      keep(batch);
    } else if (spec.isBounded()) {
      emitAtOnce(batch);
    } else {
      emit(partitions.accumulate(batch, context().clock().millis(), evaluation()));
    }
  }

  private void keep(Batch batch) {
    Positions after = spec.isBounded() ? Positions.all(batch.rowCount()) : afterWatermark(batch);
    lateOthers(0, batch, after);
    Batch timely = batch.take(after);
    int[] partitionOfRow = partitions.locate(timely, context().clock().millis());
    long[] times = times(timely);
    int[] late = new int[timely.rowCount()];
    int lateCount = 0;
    for (int row = 0; row < partitionOfRow.length; row++) {
      int partition = partitionOfRow[row];
      if (spec.isBounded() && times[row] <= partitions.emittedUntil(partition)) {
        late[lateCount++] = row;
      } else {
        partitions.add(partition, row, times[row]);
      }
    }
    late(0, timely, late, lateCount);
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
    return count == timely.length ? Positions.all(count) : Positions.of(timely, count);
  }

  private void emitAtOnce(Batch batch) {
    long now = context().clock().millis();
    int[] partitionOfRow = partitions.locate(batch, now);
    for (int row = 0; row < partitionOfRow.length; row++) {
      partitions.append(partitionOfRow[row], row, now);
    }
    int[] distinct = touched.find(partitionOfRow, partitions.limit());
    emit(partitions.advance(distinct, now, evaluation()));
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
      emit(partitions.advance(distinct, timestamp, evaluation()));
      partitions.touch(distinct, context().clock().millis());
      partitions.cleanUp(distinct, timestamp);
    }
    super.watermark(timestamp);
  }

  @Override
  public void tick() {
    partitions.sweep(context().clock().millis());
  }

  @Override
  public List<StateTable> state() {
    return List.of(partitions, partitions.rows());
  }
}
