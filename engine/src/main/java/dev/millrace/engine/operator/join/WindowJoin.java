package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.TimestampVector;
import dev.millrace.engine.operator.ForwardingOperator;
import dev.millrace.engine.operator.OperatorContext;
import dev.millrace.engine.operator.RowFailures;
import dev.millrace.engine.operator.window.Progress;
import dev.millrace.engine.operator.window.WindowZone;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.time.Watermarks;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A join of rows that belong to the same window: keeps the rows of both inputs by the end of their
 * window, joins those of a window when the watermark reaches its end, and forgets them together.
 *
 * <p>The start of a window needs no look: the inputs' windows are alike, so equal ends are equal
 * windows. A row whose window is complete comes too late and is counted, not joined, as in Flink's
 * {@code WindowJoinOperator}.
 *
 * <p>Memory per window and key: that of the {@link KeyTable} (about 16 bytes for a BIGINT) and 4
 * for each input's chain. Memory per row: its bytes in units of 8, 12 for its address, its key and
 * the link of its chain, 1 more if it is preserved; times the slack of arrays that grow by half.
 */
public final class WindowJoin extends ForwardingOperator {
  private static final String WITHOUT_WINDOW =
      ": the window of a row is null. Filter such rows out before the join.";

  private final JoinSpec spec;
  private final List<Integer> windowEnds;
  private final WindowZone zone;
  private final JoinCondition condition;
  private final JoinWindows windows;
  private final Progress progress = new Progress();
  private InsertJoin join;

  /**
   * @param windowEnds for each input the column that holds the end of a row's window, a TIMESTAMP
   * @param zone whose local time the windows are cut from; UTC if row times are local already
   * @param condition null if equal keys are enough
   */
  public WindowJoin(JoinSpec spec, List<Integer> windowEnds, ZoneId zone, JoinCondition condition) {
    this.spec = spec;
    this.windows = new JoinWindows(spec);
    this.windowEnds = List.copyOf(windowEnds);
    this.zone = new WindowZone(zone);
    this.condition = condition;
  }

  @Override
  public void open(OperatorContext context) {
    super.open(context);
    join = new InsertJoin(spec, condition, context);
  }

  @Override
  public void process(int input, Batch all) {
    Batch batch =
        RowFailures.withValue(context(), input, all, windowEnds.get(input), WITHOUT_WINDOW);
    long[] ends = ((TimestampVector) batch.column(windowEnds.get(input))).millis();
    int[] rows = Positions.list(batch.rowCount());
    while (rows.length > 0) {
      rows = addFirstWindow(input, batch, ends, rows);
    }
  }

  /** Adds the rows that are in the same window as the first; returns the others. */
  private int[] addFirstWindow(int input, Batch batch, long[] ends, int[] rows) {
    long end = ends[rows[0]];
    int[] same = new int[rows.length];
    int sameCount = 0;
    int[] others = new int[rows.length];
    int otherCount = 0;
    for (int row : rows) {
      if (ends[row] == end) {
        same[sameCount++] = row;
      } else {
        others[otherCount++] = row;
      }
    }
    if (zone.isComplete(end, progress.time())) {
      late(input, batch, same, sameCount);
    } else {
      Batch own = batch.take(JoinKeys.some(same, sameCount, batch.rowCount()));
      windows.add(end, input, KeptRows.columns(own), sameCount);
    }
    return IntStream.of(others).limit(otherCount).toArray();
  }

  @Override
  public void watermark(long timestamp) {
    progress.advance(timestamp);
    while (!windows.isEmpty() && isComplete(windows.firstEnd(), timestamp)) {
      windows.takeFirst().join(join);
    }
    super.watermark(timestamp);
  }

  private boolean isComplete(long windowEnd, long timestamp) {
    return timestamp == Watermarks.END || zone.isComplete(windowEnd, timestamp);
  }

  @Override
  public List<StateTable> state() {
    return List.of(
        new WindowRowsTable(spec, 0, windowEnds.get(0), windows),
        new WindowRowsTable(spec, 1, windowEnds.get(1), windows),
        progress);
  }
}
