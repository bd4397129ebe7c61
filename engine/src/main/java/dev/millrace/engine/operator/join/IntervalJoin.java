package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.operator.RowFailures;
import dev.millrace.engine.operator.window.Progress;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.time.Watermarks;
import java.util.Arrays;
import java.util.List;

/**
 * A join of rows whose times are not too far apart: keeps each row as long as rows that are not
 * late can match it.
 *
 * <p>With row times, a row is kept until the watermark has passed all times that it can match, and
 * is then emitted padded with nulls if it is preserved and found no match; a row that comes too
 * late to be kept meets the rows that are still there, and is counted as late if none matches and
 * it is not preserved. The watermark is handed on late by the larger bound of the interval, because
 * rows that old may still be emitted. All this is as in Flink's {@code TimeIntervalJoin}, except
 * that Flink counts nothing, and forgets rows some time after they have expired, so that there a
 * late row may meet a few more.
 *
 * <p>In processing time a row's time is when it arrives; what has not expired at the end of the
 * input is not emitted, as in Flink.
 *
 * <p>Memory per key: that of the {@link KeyTable} (about 16 bytes for a BIGINT) and 4 for each
 * input's chain. Memory per row: its bytes in units of 8, 4 for its address, 8 for its time, 8 for
 * the links of its chain, 8 for its places in the heap and among freed slots, 1 for whether it has
 * a match; times the slack of arrays that grow by half.
 */
public final class IntervalJoin extends ForwardingOperator {
  /**
   * Which times match: those of the left input that are at least {@code lowerMillis} and at most
   * {@code upperMillis} after that of the right.
   *
   * @param leftTime the column of the left input that holds its row time; -1 in processing time
   * @param rightTime the same for the right input
   */
  public record Interval(long lowerMillis, long upperMillis, int leftTime, int rightTime) {
    boolean isRowTime() {
      return leftTime >= 0;
    }

    int timeColumn(int input) {
      return input == 0 ? leftTime : rightTime;
    }

    /** How much later than a row of an input those of the other can be that match it. */
    long after(int input) {
      return input == 0 ? -lowerMillis : upperMillis;
    }

    boolean isEmpty() {
      return upperMillis < lowerMillis;
    }

    long watermarkDelay() {
      return Math.max(after(0), after(1));
    }
  }

  private static final int EXPIRED_AT_ONCE = 4096;

  private final JoinSpec spec;
  private final Interval interval;
  private final JoinCondition condition;
  private final JoinKeys keys;
  private final TimedRows[] sides;
  private final Progress progress = new Progress();
  private InsertJoin join;

  /** {@code condition} is null if equal keys and near times are enough. */
  public IntervalJoin(JoinSpec spec, Interval interval, JoinCondition condition) {
    this.spec = spec;
    this.interval = interval;
    this.condition = condition;
    this.keys = new JoinKeys(spec);
    this.sides = new TimedRows[] {new TimedRows(spec, 0, keys), new TimedRows(spec, 1, keys)};
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    join = new InsertJoin(spec, condition, context);
  }

  @Override
  public void process(int input, Batch all) {
    expire();
    Batch batch = withTime(input, all);
    int rows = batch.rowCount();
    long now = now();
    long[] times = times(input, batch, now);
    Vector[] columns = KeptRows.columns(batch);
    int[] keyOfRow = keys.locate(input, columns, rows);
    if (interval.isEmpty()) {
      Arrays.fill(keyOfRow, KeyTable.NONE);
    }
    boolean[] matched = join(input, columns, times, keyOfRow);
    int[] kept = new int[rows];
    int keptCount = 0;
    int[] alone = new int[rows];
    int aloneCount = 0;
    int[] late = new int[rows];
    int lateCount = 0;
    for (int row = 0; row < rows; row++) {
      boolean hasKey = keyOfRow[row] != KeyTable.NONE;
      if (hasKey && now < times[row] + interval.after(input)) {
        kept[keptCount++] = row;
      } else if (!matched[row] && spec.type().preserves(input)) {
        alone[aloneCount++] = row;
      } else if (!matched[row] && hasKey && interval.isRowTime() && times[row] <= now) {
        late[lateCount++] = row;
      }
    }
    if (aloneCount > 0) {
      join.emitAlone(input, columns, Positions.of(alone, aloneCount));
    }
    late(input, batch, late, lateCount);
    keep(input, columns, Arrays.copyOf(kept, keptCount), times, keyOfRow, matched);
    removeUnused(keyOfRow);
  }

  private Batch withTime(int input, Batch batch) {
    String message =
        ": the row time of a row is null. Filter such rows out before the join, or compute a row"
            + " time that is never null.";
    return interval.isRowTime()
        ? RowFailures.withValue(context(), input, batch, interval.timeColumn(input), message)
        : batch;
  }

  /** Up to when time has come; as in Flink it begins with 1970. */
  private long now() {
    return interval.isRowTime() ? Math.max(0, progress.time()) : context().clock().millis();
  }

  private long[] times(int input, Batch batch, long now) {
    if (!interval.isRowTime()) {
      long[] times = new long[batch.rowCount()];
      Arrays.fill(times, now);
      return times;
    }
    return ((TimestampVector) batch.column(interval.timeColumn(input))).millis();
  }

  private boolean[] join(int input, Vector[] columns, long[] times, int[] keyOfRow) {
    TimedRows other = sides[1 - input];
    long before = interval.after(1 - input);
    long after = interval.after(input);
    join.begin(input, columns, keyOfRow.length, other);
    for (int row = 0; row < keyOfRow.length; row++) {
      int key = keyOfRow[row];
      if (key == KeyTable.NONE) {
        continue;
      }
      long from = times[row] - before;
      long to = times[row] + after;
      for (int slot = other.first(key); slot != TimedRows.NONE; slot = other.next(slot)) {
        long time = other.time(slot);
        if (time >= from && time <= to) {
          join.add(row, slot);
        }
      }
    }
    return join.end();
  }

  private void keep(
      int input, Vector[] columns, int[] rows, long[] times, int[] keyOfRow, boolean[] matched) {
    int[] keptKeys = new int[rows.length];
    long[] keptTimes = new long[rows.length];
    boolean[] keptMatched = new boolean[rows.length];
    for (int i = 0; i < rows.length; i++) {
      keptKeys[i] = keyOfRow[rows[i]];
      keptTimes[i] = times[rows[i]];
      keptMatched[i] = matched[rows[i]];
    }
    Vector[] keptColumns =
        JoinKeys.taken(columns, JoinKeys.some(rows, rows.length, keyOfRow.length));
    sides[input].add(keptColumns, keptKeys, keptTimes, keptMatched);
  }

  /**
   * Emits the rows that can match nothing any more, as far as they are preserved, and forgets them.
   */
  private void expire() {
    long now = now();
    for (int input = 0; input < sides.length; input++) {
      long time = now == Watermarks.END ? now : now - interval.after(input) - 1;
      int[] expired = sides[input].expire(time, EXPIRED_AT_ONCE);
      while (expired.length > 0) {
        if (spec.type().preserves(input)) {
          emitUnmatched(input, expired);
        }
        removeUnused(sides[input].forget(expired));
        expired = sides[input].expire(time, EXPIRED_AT_ONCE);
      }
    }
  }

  private void emitUnmatched(int input, int[] slots) {
    int[] unmatched = new int[slots.length];
    int count = 0;
    for (int slot : slots) {
      if (!sides[input].isMatched(slot)) {
        unmatched[count++] = slot;
      }
    }
    if (count > 0) {
      join.emitAlone(input, sides[input].rows(unmatched, count), Positions.all(count));
    }
  }

  /** Forgets those of the keys that no row has any more. */
  private void removeUnused(int[] touched) {
    keys.removeIf(
        touched,
        key -> sides[0].first(key) == TimedRows.NONE && sides[1].first(key) == TimedRows.NONE);
  }

  @Override
  public void watermark(long timestamp) {
    if (!interval.isRowTime()) {
      super.watermark(timestamp);
      return;
    }
    progress.advance(timestamp);
    expire();
    long delay = timestamp == Watermarks.END ? 0 : interval.watermarkDelay();
    super.watermark(timestamp - delay);
  }

  @Override
  public boolean emitsOnTick() {
    return !interval.isRowTime();
  }

  @Override
  public void tick() {
    if (!interval.isRowTime()) {
      expire();
    }
  }

  @Override
  public List<StateTable> state() {
    return List.of(sides[0], sides[1], progress);
  }
}
