package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.operator.window.Progress;
import dev.millrace.engine.operator.window.WindowZone;
import dev.millrace.engine.state.DistinctKeys;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.state.Timers;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;

/**
 * Top-N of each window: emits the rows within a range of ranks once the watermark has reached the
 * window's end, and forgets them. Rows of windows whose end it has reached are late: they are
 * dropped and counted. Window deduplication is the same with one rank and the row time as order.
 *
 * <p>Memory per row as for {@link Rank}; per window of a partition as for its partitions, and 12
 * bytes for its timer and 4 for its mark.
 */
public final class WindowRank extends ForwardingOperator {
  private final Rank.Spec spec;
  private final int windowEnd;
  private final WindowZone zone;
  private final Ranking ranking;
  private final Progress progress = new Progress();
  private final Timers timers = new Timers();
  private final DistinctKeys touched;

  /**
   * {@code windowEnd} is the column of the window's end, a local time of {@code zone}, and the last
   * of the partition's columns; rows are distributed by the others.
   */
  public WindowRank(Rank.Spec spec, int windowEnd, ZoneId zone) {
    this.spec = spec;
    this.windowEnd = windowEnd;
    this.zone = new WindowZone(zone);
    this.ranking =
        new Ranking(
            spec, spec.partition().subList(0, spec.partition().size() - 1), timers, this::watch);
    this.touched = ranking.touched();
  }

  /** Sets a timer for the window of each partition that is new. */
  private void watch(Batch batch, int row, int partition) {
    timers.add(ends(batch)[row], partition);
  }

  private long[] ends(Batch batch) {
    return ((TimestampVector) batch.column(windowEnd)).millis();
  }

  @Override
  public void process(int input, Batch batch) {
    Positions positions = timely(batch);
    lateOthers(input, batch, positions);
    Batch timely = batch.take(positions);
    int[] partitionOfRow = ranking.locate(timely);
    for (int row = 0; row < partitionOfRow.length; row++) {
      if (ranking.isEmpty(partitionOfRow[row])) {
        watch(timely, row, partitionOfRow[row]);
      }
      ranking.add(partitionOfRow[row], row);
    }
    ranking.free(touched.find(partitionOfRow, ranking.limit()));
  }

  private Positions timely(Batch batch) {
    long[] ends = ends(batch);
    int[] timely = new int[batch.rowCount()];
    int count = 0;
    for (int row = 0; row < timely.length; row++) {
      if (!zone.isComplete(ends[row], progress.time())) {
        timely[count++] = row;
      }
    }
    return Positions.of(timely, count);
  }

  @Override
  public void watermark(long timestamp) {
    if (progress.advance(timestamp)) {
      emitComplete();
    }
    super.watermark(timestamp);
  }

  private void emitComplete() {
    int[] complete = new int[64];
    int count = 0;
    while (!timers.isEmpty() && zone.isComplete(timers.firstTime(), progress.time())) {
      complete = count == complete.length ? Arrays.copyOf(complete, 2 * count) : complete;
      complete[count++] = timers.poll();
    }
    if (count == 0) {
      return;
    }
    RankChanges results = new RankChanges(false);
    int[] partitions = touched.find(Arrays.copyOf(complete, count), ranking.limit());
    for (int partition : partitions) {
      int[] rows = ranking.inRange(partition);
      for (int i = 0; i < rows.length; i++) {
        results.insert(rows[i], spec.start() + i);
      }
    }
    if (!results.isEmpty()) {
      emit(results.build(ranking, spec.rowNumber()));
    }
    ranking.drop(partitions);
  }

  @Override
  public List<StateTable> state() {
    return List.of(ranking, progress);
  }
}
