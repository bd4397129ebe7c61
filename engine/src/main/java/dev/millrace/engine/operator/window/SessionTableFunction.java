package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.StateTable;
import dev.millrace.engine.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * SESSION as a table function: hands on the rows of a session when it is complete, in the order in
 * which they came, with the session's start, end and last millisecond in three more columns.
 *
 * <p>Rows without a time are dropped and counted, and so are rows that would begin a session which
 * is complete already. Sessions of processing time that are not complete when the input ends are
 * never emitted: Flink's are not.
 *
 * <p>Memory per row: its bytes in units of 8, and 8; per session 44 and its key.
 */
public final class SessionTableFunction extends WindowOperator {
  private final SessionSpec spec;
  private final Sessions sessions;
  private final SessionRows kept;

  /** {@code row} is the ROW of the input. */
  public SessionTableFunction(SessionSpec spec, DataType row) {
    super(spec.time());
    this.spec = spec;
    this.sessions = new Sessions(spec.keyTypes(), spec.gapMillis(), zone());
    this.kept = new SessionRows(row, spec.keyColumns(), sessions);
  }

  @Override
  public void process(int ignored, Batch all) {
    Positions timed = times().timed(all);
    withoutTime(all, timed);
    Batch batch = all.take(timed);
    int count = batch.rowCount();
    Vector[] keys = new Vector[spec.keyColumns().size()];
    Arrays.setAll(keys, i -> batch.column(spec.keyColumns().get(i)));
    long[] times = times().local(batch, now());
    int[] assigned = sessions.assign(keys, times, count, progress().time());
    kept.mergeAbsorbed();
    lateOthers(0, batch, kept.add(batch, assigned));
  }

  @Override
  void complete(long before, long to) {
    int[] complete = sessions.complete(to);
    kept.take(
        complete,
        (rows, starts, ends) -> emit(WindowTableFunction.withWindows(rows, starts, ends, zone())));
    for (int session : complete) {
      sessions.remove(session);
    }
  }

  @Override
  public List<StateTable> state() {
    return List.of(kept, progress());
  }
}
