package dev.millrace.engine.operator.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.operator.join.IntervalJoin.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IntervalJoinTest {
  private static final long[][] BOUNDS = {{-50, 30}, {0, 0}, {20, 90}, {-90, -20}, {10, 5}};

  private static OperatorHarness harness(JoinSpec spec, Interval interval, boolean condition) {
    return new OperatorHarness(
        () ->
            new IntervalJoin(
                spec,
                interval,
                condition ? JoinRows.less(spec, TimedTables.V, TimedTables.V) : null),
        List.of(
            new Input(TimedTables.ROW, spec.leftKeys()),
            new Input(TimedTables.ROW, spec.rightKeys())),
        JoinRows.output(spec),
        null);
  }

  private static Interval interval(long lower, long upper) {
    return new Interval(lower, upper, TimedTables.TIME, TimedTables.TIME);
  }

  @ParameterizedTest
  @EnumSource(names = {"INNER", "LEFT", "RIGHT", "FULL"})
  void agreesWithRecomputation(JoinType type) {
    long seed = Long.getLong("millrace.random.seed", 53);
    for (int n = 0; n < 60; n++) {
      Random random = new Random(seed + n);
      TimedTables tables = new TimedTables(random, time -> time);
      long[] bounds = BOUNDS[n % BOUNDS.length];
      boolean condition = random.nextBoolean();
      JoinSpec spec = TimedTables.spec(type, n % 4 != 0, random.nextBoolean());
      List<List<Object>> expected =
          JoinRows.join(
              spec,
              tables.rows.get(0),
              tables.rows.get(1),
              (left, right) -> {
                long difference = TimedTables.millis(left) - TimedTables.millis(right);
                return TimedTables.keysMatch(spec, left, right)
                    && difference >= bounds[0]
                    && difference <= bounds[1]
                    && (!condition
                        || JoinRows.isLess(left.get(TimedTables.V), right.get(TimedTables.V)));
              });
      harness(spec, interval(bounds[0], bounds[1]), condition)
          .checkRandom(tables.events, expected, seed + n);
    }
  }

  private static Event row(int input, List<Object> values) {
    return new Event.Row(input, RowKind.INSERT, values);
  }

  private static List<Object> at(int v, long millis) {
    return List.of("a", v, TimedTables.timestamp(millis));
  }

  private static List<Object> joined(List<Object> left, List<Object> right) {
    List<Object> row = new ArrayList<>(left);
    row.addAll(right);
    return row;
  }

  private static List<Object> padded(List<Object> left) {
    return joined(left, Arrays.asList(null, null, null));
  }

  /**
   * A late row is kept while others that are not late can match it; else it meets what is there, or
   * is lost.
   */
  @Test
  void lateRowsMeetWhatIsThere() {
    List<Object> early = at(1, 1000);
    List<Object> kept = at(2, 1990);
    List<Object> late = at(3, 1985);
    List<Object> tooLate = at(4, 1500);
    List<Object> right = at(5, 2005);
    List<Event> events =
        List.of(
            row(0, early),
            row(0, kept),
            new Event.Watermark(0, 2000),
            new Event.Watermark(1, 2000),
            row(0, late),
            row(0, tooLate),
            row(1, at(6, 1005)),
            row(1, right));
    OperatorHarness harness =
        harness(TimedTables.spec(JoinType.LEFT, true, true), interval(-20, 20), false);
    harness.check(
        events,
        List.of(padded(early), padded(tooLate), joined(kept, right), joined(late, right)),
        7);
    assertThat(harness.total(Metrics.ROWS_LATE)).isEqualTo(1);
  }

  @Test
  void processingTimeIsWhenRowsArrive() {
    List<Object> first = at(1, 0);
    List<Object> second = at(2, 0);
    List<Object> right = at(3, 0);
    List<Event> events =
        List.of(
            row(0, first),
            new Event.Time(60),
            row(0, second),
            new Event.Time(60),
            row(1, right),
            new Event.Time(60));
    harness(TimedTables.spec(JoinType.FULL, true, true), new Interval(-100, 100, -1, -1), false)
        .check(events, List.of(padded(first), joined(second, right)), 3);
  }

  @Test
  void rowWithoutATimeIsRefused() {
    OperatorHarness harness =
        harness(TimedTables.spec(JoinType.INNER, true, true), interval(0, 0), false);
    List<Event> events = List.of(row(1, Arrays.asList("a", 1, null)));
    assertThatThrownBy(() -> harness.changelog(events, 1))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("Operator: the row time of a row is null");
  }
}
