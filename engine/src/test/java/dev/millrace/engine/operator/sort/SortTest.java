package dev.millrace.engine.operator.sort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.state.SortColumn;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Rows are (time, value); ordered by time, then by value, descending with nulls last. */
class SortTest {
  private static final List<DataType> TYPES =
      List.of(DataType.of(TypeRoot.TIMESTAMP, 3), DataType.of(TypeRoot.INT));
  private static final DataType ROW =
      DataType.row(List.of(new Field("t", TYPES.get(0)), new Field("v", TYPES.get(1))));
  private static final SortColumn BY_TIME = new SortColumn(0, TYPES.get(0), true, false);
  private static final SortColumn BY_VALUE = new SortColumn(1, TYPES.get(1), false, true);
  private static final SortSpec SPEC = new SortSpec(TYPES, List.of(BY_TIME, BY_VALUE));

  private static final Comparator<List<Object>> DOWN =
      Comparator.comparing(
          row -> (Integer) row.get(1), Comparator.nullsLast(Comparator.reverseOrder()));
  private static final Comparator<List<Object>> ORDER =
      Comparator.<List<Object>>comparingLong(SortTest::millis).thenComparing(DOWN);

  @Test
  void emitsAllInOrderAtTheEnd() {
    long seed = Long.getLong("millrace.random.seed", 701);
    for (int n = 0; n < 25; n++) {
      Random random = new Random(seed + n);
      Changes table = new Changes(0, random, () -> row(random, random.nextInt(20)));
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(300); i > 0; i--) {
        table.change(events);
      }
      List<List<Object>> expected = table.rows().stream().sorted(ORDER).toList();
      check(() -> new Sort(SPEC), events, expected, seed + n);
    }
  }

  @Test
  void refusesToTakeBackWhatIsNotThere() {
    List<Event> events = List.of(new Event.Row(0, RowKind.DELETE, values(1, 1)));
    assertThatThrownBy(() -> harness(() -> new Sort(SPEC)).changelog(events, 1))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("a row is taken back that is not there");
  }

  @Test
  void emitsRowsOnceTheWatermarkHasReachedThem() {
    long seed = Long.getLong("millrace.random.seed", 702);
    for (int n = 0; n < 25; n++) {
      Random random = new Random(seed + n);
      List<Event> events = new ArrayList<>();
      long watermark = 0;
      for (int i = random.nextInt(300); i > 0; i--) {
        events.add(insert(row(random, watermark - 5 + random.nextInt(30))));
        if (random.nextInt(8) == 0) {
          watermark += 1 + random.nextInt(20);
          events.add(new Event.Watermark(0, watermark));
        }
      }
      check(() -> new RowTimeSort(SPEC), events, inTime(events), seed + n);
    }
  }

  @Test
  void countsWhatIsLate() {
    OperatorHarness harness = harness(() -> new RowTimeSort(SPEC));
    List<Event> events =
        List.of(
            insert(values(3, 1)),
            new Event.Watermark(0, 10),
            insert(values(3, 2)),
            insert(values(4, 3)));
    assertThat(rows(harness, events, 1)).containsExactly(values(3, 1), values(4, 3));
    assertThat(harness.total(Metrics.ROWS_LATE)).isEqualTo(1);
  }

  /** As Flink's: a row is late if it is not later than one that has been emitted. */
  private static List<List<Object>> inTime(List<Event> events) {
    List<List<Object>> waiting = new ArrayList<>();
    List<List<Object>> result = new ArrayList<>();
    long emitted = Watermarks.NONE;
    List<Event> all = new ArrayList<>(events);
    all.add(new Event.Watermark(0, Watermarks.END));
    for (Event event : all) {
      if (event instanceof Event.Row change && millis(change.values()) > emitted) {
        waiting.add(change.values());
      } else if (event instanceof Event.Watermark mark) {
        List<List<Object>> due =
            waiting.stream().filter(row -> millis(row) <= mark.timestamp()).sorted(ORDER).toList();
        waiting.removeIf(row -> millis(row) <= mark.timestamp());
        result.addAll(due);
        emitted = due.isEmpty() ? emitted : millis(due.get(due.size() - 1));
      }
    }
    return result;
  }

  @Test
  void ordersTheRowsOfAMillisecond() {
    long seed = Long.getLong("millrace.random.seed", 703);
    SortSpec spec = new SortSpec(TYPES, List.of(BY_VALUE));
    for (int n = 0; n < 25; n++) {
      Random random = new Random(seed + n);
      List<Event> events = new ArrayList<>();
      List<List<Object>> expected = new ArrayList<>();
      for (int millis = random.nextInt(12); millis >= 0; millis--) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = random.nextInt(20); i > 0; i--) {
          rows.add(row(random, 0));
        }
        rows.forEach(row -> events.add(insert(row)));
        events.add(new Event.Time(1));
        rows.sort(DOWN);
        expected.addAll(rows);
      }
      check(() -> new ProcessingTimeSort(spec), events, expected, seed + n);
    }
  }

  private static void check(
      Supplier<Operator> operator, List<Event> events, List<List<Object>> expected, long seed) {
    OperatorHarness harness = harness(operator);
    harness.checkRandom(events, expected, seed);
    assertThat(rows(harness, events, 7)).as("seed %d", seed).isEqualTo(expected);
  }

  private static List<List<Object>> rows(
      OperatorHarness harness, List<Event> events, int batchSize) {
    return harness.changelog(events, batchSize).stream().map(Map.Entry::getValue).toList();
  }

  private static OperatorHarness harness(Supplier<Operator> operator) {
    return new OperatorHarness(operator, List.of(new Input(ROW, List.of())), ROW, null);
  }

  private static Event insert(List<Object> row) {
    return new Event.Row(0, RowKind.INSERT, row);
  }

  private static List<Object> row(Random random, long millis) {
    return values(millis, random.nextInt(9) == 0 ? null : random.nextInt(10));
  }

  private static List<Object> values(long millis, Integer value) {
    return Arrays.asList(
        LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC), value);
  }

  private static long millis(List<Object> row) {
    return ((LocalDateTime) row.get(0)).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
