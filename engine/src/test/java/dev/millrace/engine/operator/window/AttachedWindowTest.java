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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that come with their windows as columns, against recomputation. */
class AttachedWindowTest {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType TIMESTAMP = DataType.of(TypeRoot.TIMESTAMP, 3).withNullable(false);
  private static final long SIZE = 10;
  private static final DataType ROW =
      DataType.row(
          List.of(
              new Field("k", BIGINT),
              new Field("v", BIGINT),
              new Field("s", TIMESTAMP),
              new Field("e", TIMESTAMP)));
  private static final DataType OUTPUT =
      DataType.row(
          List.of(
              new Field("k", BIGINT),
              new Field("n", BIGINT),
              new Field("sum", BIGINT),
              new Field("s", TIMESTAMP),
              new Field("e", TIMESTAMP)));

  private static OperatorHarness harness(boolean sessions, boolean retracting) {
    List<AggregateCall> calls =
        List.of(
            new AggregateCall("COUNT", List.of(), List.of(), -1, false, retracting, false, BIGINT),
            new AggregateCall(
                "SUM", List.of(1), List.of(BIGINT), -1, false, retracting, false, BIGINT));
    RowTime end = new RowTime(RowTime.Kind.WINDOW_END, 3, ZoneOffset.UTC);
    SliceSpec spec =
        sessions
            ? new SliceSpec(
                List.of(0, 2),
                List.of(BIGINT, TIMESTAMP),
                calls,
                end,
                Windows.sessions(),
                retracting)
            : new SliceSpec(
                List.of(0),
                List.of(BIGINT),
                calls,
                end,
                Windows.tumble(SIZE, 0).asAttached(),
                retracting);
    return new OperatorHarness(
        () -> new WindowAggregate(spec, false, List.of(WindowProperty.START, WindowProperty.END)),
        List.of(new Input(ROW, List.of(0))),
        OUTPUT,
        null);
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void agreesWithRecomputation(boolean sessions, boolean retracting) {
    long seed = Long.getLong("millrace.random.seed", 83);
    for (int n = 0; n < 15; n++) {
      check(sessions, retracting, new Random(seed + n), seed + n);
    }
  }

  private static void check(boolean sessions, boolean retracting, Random random, long seed) {
    long[] time = {random.nextInt(100)};
    Changes table = new Changes(0, random, () -> row(sessions, time[0], random));
    List<Event> events = new ArrayList<>();
    for (int i = random.nextInt(150); i > 0; i--) {
      if (retracting) {
        table.change(events);
      } else {
        table.insert(events);
      }
      if (random.nextInt(5) == 0) {
        time[0] += random.nextInt(8);
        events.add(new Event.Watermark(0, time[0] - random.nextInt(30)));
      }
    }
    OperatorHarness harness = harness(sessions, retracting);
    long[] late = {0};
    harness.checkRandom(events, expected(events, late), seed);
    assertThat(harness.total(Metrics.ROWS_LATE)).isEqualTo(late[0]);
  }

  private static List<Object> row(boolean sessions, long time, Random random) {
    long start = sessions ? time + random.nextInt(4) : time - time % SIZE;
    long size = sessions ? SIZE + random.nextInt(4) : SIZE;
    return Arrays.asList(
        random.nextInt(6) == 0 ? null : (long) random.nextInt(5),
        random.nextInt(5) == 0 ? null : 1L + random.nextInt(50),
        timestamp(start),
        timestamp(start + size));
  }

  private static LocalDateTime timestamp(long millis) {
    return LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC).plusNanos(millis * 1_000_000);
  }

  /** The rows that come; counts in {@code late} those that are too late. */
  private static List<List<Object>> expected(List<Event> events, long[] late) {
    Map<List<Object>, List<Long>> values = new HashMap<>();
    Map<List<Object>, Long> rows = new HashMap<>();
    LocalDateTime progress = LocalDateTime.MIN;
    for (Event event : events) {
      if (event instanceof Event.Watermark mark) {
        LocalDateTime to = timestamp(mark.timestamp());
        progress = to.isAfter(progress) ? to : progress;
      } else if (event instanceof Event.Row row) {
        LocalDateTime end = (LocalDateTime) row.values().get(3);
        if (!end.minusNanos(1_000_000).isAfter(progress)) {
          late[0]++;
          continue;
        }
        List<Object> group = Arrays.asList(row.values().get(0), row.values().get(2), end);
        boolean added = row.kind() == RowKind.INSERT || row.kind() == RowKind.UPDATE_AFTER;
        rows.merge(group, added ? 1L : -1L, Long::sum);
        Long value = (Long) row.values().get(1);
        if (value != null) {
          values.computeIfAbsent(group, key -> new ArrayList<>()).add(added ? value : -value);
        }
      }
    }
    List<List<Object>> expected = new ArrayList<>();
    rows.forEach(
        (group, count) -> {
          if (count != 0) {
            expected.add(
                Arrays.asList(
                    group.get(0), count, sum(values.get(group)), group.get(1), group.get(2)));
          }
        });
    return expected;
  }

  /** Null if as many values were taken back as were added. */
  private static Long sum(List<Long> values) {
    return values == null || values.stream().mapToInt(Long::signum).sum() == 0
        ? null
        : (Long) values.stream().mapToLong(Long::longValue).sum();
  }
}
