package dev.millrace.engine.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.operator.Pipeline;
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

class WindowAggregateTest {
  private static final DataType STRING = DataType.string();
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType TIMESTAMP = DataType.of(TypeRoot.TIMESTAMP, 3);
  private static final long CLOCK_START = 1_000_000_000_000L;
  private static final DataType ROW =
      DataType.row(
          List.of(new Field("k", STRING), new Field("v", BIGINT), new Field("ts", TIMESTAMP)));
  private static final DataType OUTPUT =
      DataType.row(
          List.of(
              new Field("k", STRING),
              new Field("n", BIGINT),
              new Field("sum", BIGINT),
              new Field("d", BIGINT),
              new Field("s", TIMESTAMP),
              new Field("e", TIMESTAMP),
              new Field("t", TIMESTAMP)));

  /** How the operators are put together. */
  enum Phases {
    ONE,
    TWO,
    PROCESSING_TIME
  }

  /** A key's rows in one window. */
  private record Group(Object key, long start, long end) {}

  /** How many rows a group has, and how often each value. */
  private static final class Totals {
    private final Map<Long, Integer> values = new HashMap<>();
    private long rows;

    Long sum() {
      return distinct() == 0
          ? null
          : (Long) values.entrySet().stream().mapToLong(e -> e.getKey() * e.getValue()).sum();
    }

    long distinct() {
      return values.values().stream().filter(count -> count != 0).count();
    }
  }

  private static long millis(Object timestamp) {
    return ((LocalDateTime) timestamp).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static LocalDateTime timestamp(long millis) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC);
  }

  private static OperatorHarness harness(Windows windows, Phases phases, boolean retracting) {
    List<AggregateCall> calls =
        List.of(
            new AggregateCall("COUNT", List.of(), List.of(), -1, false, retracting, false, BIGINT),
            new AggregateCall(
                "SUM", List.of(1), List.of(BIGINT), -1, false, retracting, false, BIGINT),
            new AggregateCall(
                "COUNT", List.of(1), List.of(BIGINT), -1, true, retracting, false, BIGINT));
    RowTime time =
        phases == Phases.PROCESSING_TIME
            ? new RowTime(RowTime.Kind.PROCESSING_TIME, -1, ZoneOffset.UTC)
            : new RowTime(RowTime.Kind.ROW_TIME, 2, ZoneOffset.UTC);
    RowTime slices = new RowTime(RowTime.Kind.SLICE_END, 1, ZoneOffset.UTC);
    List<WindowProperty> properties =
        List.of(WindowProperty.START, WindowProperty.END, WindowProperty.TIME);
    SliceSpec spec = new SliceSpec(List.of(0), List.of(STRING), calls, time, windows, retracting);
    SliceSpec global =
        new SliceSpec(List.of(0), List.of(STRING), calls, slices, windows, retracting);
    return new OperatorHarness(
        () ->
            phases == Phases.TWO
                ? new Pipeline(
                    new LocalWindowAggregate(spec), new WindowAggregate(global, true, properties))
                : new WindowAggregate(spec, false, properties),
        List.of(new Input(ROW, List.of(0))),
        OUTPUT,
        null);
  }

  @ParameterizedTest
  @CsvSource({
    "HOP, 10, 10, 0",
    "HOP, 10, 10, -3",
    "HOP, 20, 5, 0",
    "HOP, 20, 5, 4",
    "HOP, 12, 8, 0",
    "HOP, 4, 10, 0",
    "HOP, 16, 1, 0",
    "CUMULATE, 20, 5, 0",
    "CUMULATE, 60, 10, 7",
    "CUMULATE, 5, 5, 0"
  })
  void agreesWithRecomputation(Windows.Kind kind, long size, long step, long offset) {
    Windows windows = new Windows(kind, size, step, offset, false);
    long seed = Long.getLong("millrace.random.seed", 71);
    for (int n = 0; n < 4; n++) {
      Random random = new Random(seed + n);
      for (Phases phases : Phases.values()) {
        check(windows, phases, false, events(random, phases, false), seed + n);
        // By the clock a row is taken back from another window than it was added to.
        if (phases != Phases.PROCESSING_TIME) {
          check(windows, phases, true, events(random, phases, true), seed + n);
        }
      }
    }
  }

  private static List<Event> events(Random random, Phases phases, boolean retracting) {
    long[] time = {random.nextInt(200) - 100};
    int disorder = 1 + random.nextInt(40);
    int keys = 1 + random.nextInt(8);
    Changes table =
        new Changes(
            0,
            random,
            () ->
                Arrays.asList(
                    random.nextInt(6) == 0 ? null : "k" + random.nextInt(keys),
                    random.nextInt(3) == 0 ? null : (long) random.nextInt(5),
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
        events.add(
            phases == Phases.PROCESSING_TIME
                ? new Event.Time(passed)
                : new Event.Watermark(0, time[0] - random.nextInt(30)));
      }
    }
    return events;
  }

  private static void check(
      Windows windows, Phases phases, boolean retracting, List<Event> events, long seed) {
    OperatorHarness harness = harness(windows, phases, retracting);
    Map<Group, Totals> groups = new HashMap<>();
    boolean processingTime = phases == Phases.PROCESSING_TIME;
    long progress = processingTime ? CLOCK_START - 1 : Long.MIN_VALUE;
    long late = 0;
    for (Event event : events) {
      if (event instanceof Event.Watermark mark) {
        progress = Math.max(progress, mark.timestamp());
      } else if (event instanceof Event.Time passed) {
        progress += passed.millis();
      } else if (event instanceof Event.Row row) {
        long time = processingTime ? progress + 1 : millis(row.values().get(2));
        List<long[]> of = windowsOf(windows, time);
        boolean dropped = !of.isEmpty();
        for (long[] window : of) {
          if (window[1] - 1 > progress) {
            dropped = false;
            add(groups, new Group(row.values().get(0), window[0], window[1]), row);
          }
        }
        late += dropped ? 1 : 0;
      }
    }
    List<List<Object>> expected = new ArrayList<>();
    for (Map.Entry<Group, Totals> entry : groups.entrySet()) {
      Group group = entry.getKey();
      Totals totals = entry.getValue();
      boolean emitted = !processingTime || group.end() - 1 <= progress;
      if (emitted && totals.rows != 0) {
        expected.add(
            Arrays.asList(
                group.key(),
                totals.rows,
                totals.sum(),
                totals.distinct(),
                timestamp(group.start()),
                timestamp(group.end()),
                timestamp(group.end() - 1)));
      }
    }
    harness.checkRandom(events, expected, seed);
    if (phases != Phases.TWO) {
      assertThat(harness.total(Metrics.ROWS_LATE)).isEqualTo(late);
    }
  }

  private static void add(Map<Group, Totals> groups, Group group, Event.Row row) {
    Totals totals = groups.computeIfAbsent(group, key -> new Totals());
    int change = row.kind() == RowKind.INSERT || row.kind() == RowKind.UPDATE_AFTER ? 1 : -1;
    totals.rows += change;
    if (row.values().get(1) != null) {
      totals.values.merge((Long) row.values().get(1), change, Integer::sum);
    }
  }

  /** The start and end of each window that a time lies in. */
  private static List<long[]> windowsOf(Windows windows, long time) {
    List<long[]> result = new ArrayList<>();
    boolean growing = windows.kind() == Windows.Kind.CUMULATE;
    long distance = growing ? windows.size() : windows.step();
    long nearest = time - Math.floorMod(time - windows.offset(), distance);
    for (long start = nearest; start > time - windows.size(); start -= distance) {
      long shortest = growing ? windows.step() : windows.size();
      for (long size = shortest; size <= windows.size(); size += windows.step()) {
        if (time < start + size) {
          result.add(new long[] {start, start + size});
        }
      }
    }
    return result;
  }
}
