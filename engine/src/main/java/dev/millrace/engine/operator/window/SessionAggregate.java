package dev.millrace.engine.operator.window;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.operator.aggregate.GroupInput;
import dev.millrace.engine.state.StateTable;
import java.util.Arrays;
import java.util.List;

/**
 * GROUP BY key and session: emits the results of a session once, when the watermark, or the clock
 * for sessions of processing time, shows that it is complete.
 *
 * <p>A row that would begin a session which is complete already is dropped and counted as late.
 * Sessions of processing time that are not complete when the input ends are never emitted: Flink's
 * are not.
 *
 * <p>Memory per session: that of {@link Sessions} (36 bytes, and the key), that of each accumulator
 * (8 for COUNT), 8 more if rows can be taken back.
 */
public final class SessionAggregate extends WindowOperator {
  private static final int EMITTED_AT_ONCE = 4096;

  private final SessionSpec spec;
  private final List<WindowProperty> properties;
  private final GroupInput input = new GroupInput.Rows();
  private final Sessions sessions;
  private final SessionGroups groups;

  /**
   * Throws {@code UnsupportedException} that names every function which is not there.
   *
   * @param retracting whether input rows can be taken back
   * @param properties what to say of the session after the key and the results
   */
  public SessionAggregate(
      SessionSpec spec,
      List<AggregateCall> calls,
      boolean retracting,
      List<WindowProperty> properties) {
    super(spec.time());
    this.spec = spec;
    this.properties = properties;
    this.sessions = new Sessions(spec.keyTypes(), spec.gapMillis(), zone());
    this.groups = new SessionGroups(spec.keyTypes(), sessions, new Aggregates(calls), retracting);
  }

  @Override
  public void process(int ignored, Batch all) {
    Batch batch = times().withTime(all, context());
    int count = batch.rowCount();
    Vector[] keys = new Vector[spec.keyColumns().size()];
    Arrays.setAll(keys, i -> batch.column(spec.keyColumns().get(i)));
    long[] times = times().local(batch, now());
    int[] assigned = sessions.assign(keys, times, count, progress().time());
    groups.mergeAbsorbed();
    int[] rows = new int[count];
    int n = 0;
    int[] late = new int[count];
    for (int row = 0; row < count; row++) {
      if (assigned[row] != Sessions.LATE) {
        rows[n] = row;
        assigned[n++] = sessions.resolve(assigned[row]);
      } else {
        late[row - n] = row;
      }
    }
    late(0, batch, late, count - n);
    groups.add(batch, rows, assigned, n, input);
  }

  @Override
  void complete(long before, long to) {
    int[] complete = sessions.complete(to);
    for (int from = 0; from < complete.length; from += EMITTED_AT_ONCE) {
      int end = Math.min(complete.length, from + EMITTED_AT_ONCE);
      emit(groups.present(Arrays.copyOfRange(complete, from, end)));
    }
    for (int session : complete) {
      groups.clear(session);
      sessions.remove(session);
    }
  }

  private void emit(int[] numbers) {
    int count = numbers.length;
    Vector[] keys = sessions.keys(numbers, count);
    Vector[] results = groups.results(numbers);
    Vector[] columns = Arrays.copyOf(keys, keys.length + results.length + properties.size());
    System.arraycopy(results, 0, columns, keys.length, results.length);
    long[] starts = new long[count];
    long[] ends = new long[count];
    for (int i = 0; i < count; i++) {
      starts[i] = sessions.start(numbers[i]);
      ends[i] = sessions.end(numbers[i]);
    }
    for (int i = 0; i < properties.size(); i++) {
      columns[keys.length + results.length + i] = properties.get(i).of(starts, ends, zone());
    }
    emit(new Batch(count, columns));
  }

  @Override
  public List<StateTable> state() {
    return List.of(groups, progress());
  }
}
