package dev.millrace.engine.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sessions as {@link SessionAggregate} and {@link SessionTableFunction} find them. */
class SessionTest {
  private static final DataType STRING = DataType.string();
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType TIMESTAMP = DataType.of(TypeRoot.TIMESTAMP, 3);
  private static final long CLOCK_START = 1_000_000_000_000L;
  private static final DataType ROW =
      DataType.row(
          List.of(new Field("k", STRING), new Field("v", BIGINT), new Field("ts", TIMESTAMP)));
  private static final List<Field> WINDOW =
      List.of(new Field("s", TIMESTAMP), new Field("e", TIMESTAMP), new Field("t", TIMESTAMP));

  /** A session and the rows in it. */
  private static final class Session {
    private final Object key;
    private final List<Event.Row> rows = new ArrayList<>();
    private long start;
    private long end;

    Session(Object key, long start, long end) {
      this.key = key;
      this.start = start;
      this.end = end;
    }

    boolean touches(Object otherKey, long otherStart, long otherEnd) {
      return Objects.equals(key, otherKey) && start <= otherEnd && end >= otherStart;
    }

    long count() {
      return rows.stream().mapToLong(SessionTest::change).sum();
    }
  }

  private static long change(Event.Row row) {
    return row.kind() == RowKind.INSERT || row.kind() == RowKind.UPDATE_AFTER ? 1 : -1;
  }

  private static long millis(Object timestamp) {
    return ((LocalDateTime) timestamp).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static LocalDateTime timestamp(long millis) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC);
  }

  private static SessionSpec spec(long gap, boolean processingTime) {
    RowTime time =
        processingTime
            ? new RowTime(RowTime.Kind.PROCESSING_TIME, -1, ZoneOffset.UTC)
            : new RowTime(RowTime.Kind.ROW_TIME, 2, ZoneOffset.UTC);
    return new SessionSpec(List.of(0), List.of(STRING), time, gap);
  }

  private static OperatorHarness aggregate(SessionSpec spec, boolean retracting) {
    List<AggregateCall> calls =
        List.of(
            new AggregateCall("COUNT", List.of(), List.of(), -1, false, retracting, false, BIGINT),
            new AggregateCall(
                "COUNT", List.of(1), List.of(BIGINT), -1, false, retracting, false, BIGINT));
    List<Field> output = new ArrayList<>();
    output.add(new Field("k", STRING));
    output.add(new Field("n", BIGINT));
    output.add(new Field("c", BIGINT));
    output.addAll(WINDOW);
    return new OperatorHarness(
        () -> new SessionAggregate(spec, calls, retracting, List.of(WindowProperty.values())),
        List.of(new Input(ROW, List.of(0))),
        DataType.row(output),
        null);
  }

  private static OperatorHarness tableFunction(SessionSpec spec) {
    List<Field> output = new ArrayList<>(ROW.children());
    output.addAll(WINDOW);
    return new OperatorHarness(
        () -> new SessionTableFunction(spec, ROW),
        List.of(new Input(ROW, List.of(0))),
        DataType.row(output),
        null);
  }

  @ParameterizedTest
  @CsvSource({"1, false", "5, false", "30, false", "5, true", "30, true"})
  void agreesWithRecomputation(long gap, boolean processingTime) {
    long seed = Long.getLong("millrace.random.seed", 97);
    SessionSpec spec = spec(gap, processingTime);
    for (int n = 0; n < 20; n++) {
      Random random = new Random(seed + n);
      for (boolean retracting : new boolean[] {false, true}) {
        List<Event> events = events(random, processingTime, retracting, true);
        List<Session> sessions = new ArrayList<>();
        long late = sessions(events, gap, processingTime, sessions);
        OperatorHarness harness = aggregate(spec, retracting);
        harness.checkRandom(events, aggregated(sessions), seed + n);
        assertThat(harness.total(Metrics.ROWS_LATE)).isEqualTo(late);
      }
      // Rows that are taken back must find their session, so that none may be complete before.
      boolean retracting = random.nextBoolean();
      List<Event> events = events(random, processingTime, retracting, !retracting);
      List<Session> sessions = new ArrayList<>();
      sessions(events, gap, processingTime, sessions);
      tableFunction(spec).checkRandom(events, rows(sessions), seed + n);
    }
  }

  private static List<Event> events(
      Random random, boolean processingTime, boolean retracting, boolean progress) {
    long[] time = {random.nextInt(200) - 100};
    int disorder = 1 + random.nextInt(40);
    int keys = 1 + random.nextInt(5);
    Changes table =
        new Changes(
            0,
            random,
            () ->
                Arrays.asList(
                    random.nextInt(6) == 0 ? null : "k" + random.nextInt(keys),
                    random.nextInt(3) == 0 ? null : random.nextLong(),
                    timestamp(time[0] - random.nextInt(disorder))));
    List<Event> events = new ArrayList<>();
    for (int i = random.nextInt(150); i > 0; i--) {
      if (retracting) {
        table.change(events);
      } else {
        table.insert(events);
      }
      if (random.nextInt(4) == 0) {
        long passed = random.nextInt(random.nextInt(10) == 0 ? 100 : 12);
        time[0] += passed;
        if (progress) {
          events.add(
              processingTime
                  ? new Event.Time(passed)
                  : new Event.Watermark(0, time[0] - random.nextInt(30)));
        }
      }
    }
    return events;
  }

  /** Finds the sessions that are emitted; returns how many rows are late. */
  private static long sessions(
      List<Event> events, long gap, boolean processingTime, List<Session> complete) {
    long progress = processingTime ? CLOCK_START - 1 : Long.MIN_VALUE;
    long late = 0;
    List<Session> open = new ArrayList<>();
    for (Event event : events) {
      if (event instanceof Event.Watermark mark) {
        progress = Math.max(progress, mark.timestamp());
      } else if (event instanceof Event.Time passed) {
        progress += passed.millis();
      } else if (event instanceof Event.Row row) {
        long start = processingTime ? progress + 1 : millis(row.values().get(2));
        late += add(open, row, start, start + gap, progress) ? 0 : 1;
      }
      long now = progress;
      open.stream().filter(session -> session.end - 1 <= now).forEach(complete::add);
      open.removeIf(session -> session.end - 1 <= now);
    }
    if (!processingTime) {
      complete.addAll(open);
    }
    return late;
  }

  private static boolean add(
      List<Session> open, Event.Row row, long start, long end, long progress) {
    Object key = row.values().get(0);
    Session joined = new Session(key, start, end);
    for (Session session : open) {
      if (session.touches(key, start, end)) {
        joined.rows.addAll(session.rows);
        joined.start = Math.min(joined.start, session.start);
        joined.end = Math.max(joined.end, session.end);
      }
    }
    if (joined.rows.isEmpty() && end - 1 <= progress) {
      return false;
    }
    open.removeIf(session -> session.touches(key, start, end));
    joined.rows.add(row);
    open.add(joined);
    return true;
  }

  private static List<Object> bounds(Session session) {
    return List.of(timestamp(session.start), timestamp(session.end), timestamp(session.end - 1));
  }

  private static List<List<Object>> aggregated(List<Session> sessions) {
    List<List<Object>> result = new ArrayList<>();
    for (Session session : sessions) {
      if (session.rows.stream().allMatch(row -> change(row) > 0) || session.count() != 0) {
        long values =
            session.rows.stream()
                .filter(row -> row.values().get(1) != null)
                .mapToLong(SessionTest::change)
                .sum();
        List<Object> row = new ArrayList<>(Arrays.asList(session.key, session.count(), values));
        row.addAll(bounds(session));
        result.add(row);
      }
    }
    return result;
  }

  private static List<List<Object>> rows(List<Session> sessions) {
    List<List<Object>> result = new ArrayList<>();
    for (Session session : sessions) {
      for (Event.Row each : session.rows) {
        List<Object> row = new ArrayList<>(each.values());
        row.addAll(bounds(session));
        if (change(each) > 0) {
          result.add(row);
        } else {
          assertThat(result.remove(row)).isTrue();
        }
      }
    }
    return result;
  }
}
