package dev.millrace.engine.operator.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WindowJoinTest {
  private static final long SIZE = 100;

  private static OperatorHarness harness(JoinSpec spec, ZoneId zone, boolean condition) {
    return new OperatorHarness(
        () ->
            new WindowJoin(
                spec,
                List.of(TimedTables.TIME, TimedTables.TIME),
                zone,
                condition ? JoinRows.less(spec, TimedTables.V, TimedTables.V) : null),
        List.of(
            new Input(TimedTables.ROW, spec.leftKeys()),
            new Input(TimedTables.ROW, spec.rightKeys())),
        JoinRows.output(spec),
        null);
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithRecomputation(JoinType type) {
    long seed = Long.getLong("millrace.random.seed", 59);
    for (int n = 0; n < 36; n++) {
      Random random = new Random(seed + n);
      TimedTables tables = new TimedTables(random, time -> (time / SIZE + 1) * SIZE);
      boolean condition = random.nextBoolean();
      JoinSpec spec = TimedTables.spec(type, n % 4 != 0, random.nextBoolean());
      List<List<Object>> expected =
          JoinRows.join(
              spec,
              tables.rows.get(0),
              tables.rows.get(1),
              (left, right) ->
                  TimedTables.keysMatch(spec, left, right)
                      && left.get(TimedTables.TIME).equals(right.get(TimedTables.TIME))
                      && (!condition
                          || JoinRows.isLess(left.get(TimedTables.V), right.get(TimedTables.V))));
      harness(spec, ZoneOffset.UTC, condition).checkRandom(tables.events, expected, seed + n);
    }
  }

  private static Event row(int input, int v, long windowEnd) {
    return new Event.Row(input, RowKind.INSERT, List.of("a", v, TimedTables.timestamp(windowEnd)));
  }

  /** The window ends at 02:00 in the zone: one hour before that in UTC. */
  @Test
  void lateRowsAreCounted() {
    List<Event> events = new ArrayList<>();
    events.add(row(0, 1, 7_200_000));
    events.add(new Event.Watermark(0, 3_599_998));
    events.add(new Event.Watermark(1, 3_599_998));
    events.add(row(1, 2, 7_200_000));
    events.add(new Event.Watermark(0, 3_599_999));
    events.add(new Event.Watermark(1, 3_599_999));
    events.add(row(0, 3, 7_200_000));
    events.add(row(1, 4, 7_200_000));
    OperatorHarness harness =
        harness(TimedTables.spec(JoinType.FULL, true, true), ZoneOffset.ofHours(1), false);
    List<Object> joined =
        List.of("a", 1, TimedTables.timestamp(7_200_000), "a", 2, TimedTables.timestamp(7_200_000));
    harness.check(events, List.of(joined), 11);
    assertThat(harness.total(Metrics.ROWS_LATE)).isEqualTo(2);
  }

  /** More pairs and rows than are handled at once. */
  @ParameterizedTest
  @EnumSource
  void largeWindowsAreJoinedInPieces(JoinType type) {
    List<Event> events = new ArrayList<>();
    List<List<List<Object>>> rows = List.of(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < 5200; i++) {
      int input = i % 26 == 0 ? 1 : 0;
      String key = i % 13 == 0 ? "a" : "b" + i;
      List<Object> row = List.of(key, i % 5, TimedTables.timestamp(SIZE));
      rows.get(input).add(row);
      events.add(new Event.Row(input, RowKind.INSERT, row));
    }
    JoinSpec spec = TimedTables.spec(type, true, true);
    List<List<Object>> expected =
        JoinRows.join(
            spec,
            rows.get(0),
            rows.get(1),
            (left, right) ->
                left.get(0).equals(right.get(0))
                    && JoinRows.isLess(left.get(TimedTables.V), right.get(TimedTables.V)));
    assertThat(JoinRows.folded(harness(spec, ZoneOffset.UTC, true).changelog(events, 1024)))
        .isEqualTo(JoinRows.counted(expected));
  }
}
