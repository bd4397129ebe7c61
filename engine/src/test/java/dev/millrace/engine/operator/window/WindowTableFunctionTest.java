package dev.millrace.engine.operator.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowTableFunctionTest {
  private static final DataType TIMESTAMP = DataType.of(TypeRoot.TIMESTAMP, 3);
  private static final List<Field> FIELDS =
      List.of(new Field("id", DataType.of(TypeRoot.INT)), new Field("ts", TIMESTAMP));
  private static final RowTime ROW_TIME = new RowTime(RowTime.Kind.ROW_TIME, 1, ZoneOffset.UTC);

  private static OperatorHarness harness(Operator operator) {
    List<Field> output = new ArrayList<>(FIELDS);
    output.add(new Field("s", TIMESTAMP));
    output.add(new Field("e", TIMESTAMP));
    output.add(new Field("t", TIMESTAMP));
    return new OperatorHarness(
        () -> operator,
        List.of(new Input(DataType.row(FIELDS), List.of())),
        DataType.row(output),
        null);
  }

  private static Event row(RowKind kind, int id, String time) {
    return new Event.Row(
        0, kind, Arrays.asList(id, time == null ? null : LocalDateTime.parse(time)));
  }

  private static Map.Entry<RowKind, List<Object>> change(
      RowKind kind, int id, String time, String start, String end) {
    LocalDateTime windowEnd = LocalDateTime.parse(end);
    return Map.entry(
        kind,
        List.of(
            id,
            LocalDateTime.parse(time),
            LocalDateTime.parse(start),
            windowEnd,
            windowEnd.minusNanos(1_000_000)));
  }

  @Test
  void aRowComesOncePerWindow() {
    Windows windows = Windows.hop(3_600_000, 1_800_000, 0);
    List<Event> events =
        List.of(
            row(RowKind.INSERT, 1, "2026-01-01T10:40"), row(RowKind.DELETE, 1, "2026-01-01T10:40"));
    assertThat(harness(new WindowTableFunction(ROW_TIME, windows)).changelog(events, 7))
        .containsExactly(
            change(RowKind.INSERT, 1, "2026-01-01T10:40", "2026-01-01T10:00", "2026-01-01T11:00"),
            change(RowKind.INSERT, 1, "2026-01-01T10:40", "2026-01-01T10:30", "2026-01-01T11:30"),
            change(RowKind.DELETE, 1, "2026-01-01T10:40", "2026-01-01T10:00", "2026-01-01T11:00"),
            change(RowKind.DELETE, 1, "2026-01-01T10:40", "2026-01-01T10:30", "2026-01-01T11:30"));
  }

  @Test
  void windowsAreCutFromTheTimeOfTheZone() {
    RowTime time = new RowTime(RowTime.Kind.ROW_TIME, 1, ZoneId.of("Asia/Kolkata"));
    OperatorHarness harness = harness(new WindowTableFunction(time, Windows.tumble(3_600_000, 0)));
    List<Object> row =
        harness.changelog(List.of(row(RowKind.INSERT, 1, "2026-01-01T10:20")), 1).get(0).getValue();
    assertThat(row.subList(2, 5))
        .containsExactly(
            LocalDateTime.parse("2026-01-01T15:00"),
            LocalDateTime.parse("2026-01-01T16:00"),
            LocalDateTime.parse("2026-01-01T10:29:59.999"));
  }

  @Test
  void rowsWithoutATimeAreDroppedAndCounted() {
    List<Event> events =
        List.of(
            row(RowKind.INSERT, 1, null),
            row(RowKind.INSERT, 2, "2026-01-01T10:40"),
            row(RowKind.INSERT, 3, null));
    SessionSpec session = new SessionSpec(List.of(), List.of(), ROW_TIME, 1200_000);
    for (Operator operator :
        List.of(
            new WindowTableFunction(ROW_TIME, Windows.tumble(1_200_000, 0)),
            new SessionTableFunction(session, DataType.row(FIELDS)))) {
      OperatorHarness harness = harness(operator);
      assertThat(harness.changelog(events, 7))
          .containsExactly(
              change(
                  RowKind.INSERT, 2, "2026-01-01T10:40", "2026-01-01T10:40", "2026-01-01T11:00"));
      assertThat(harness.total(Metrics.ROWS_WITHOUT_TIME)).isEqualTo(2);
    }
  }

  @Test
  void anAggregateRefusesARowWithoutATime() {
    SliceSpec spec =
        new SliceSpec(List.of(), List.of(), List.of(), ROW_TIME, Windows.tumble(1000, 0), false);
    OperatorHarness harness = harness(new WindowAggregate(spec, false, List.of()));
    assertThatThrownBy(() -> harness.changelog(List.of(row(RowKind.INSERT, 1, null)), 1))
        .isInstanceOf(MillraceException.class)
        .hasMessage(
            "Operator: the row time of a row is null. Filter such rows out before the window, or"
                + " compute a row time that is never null.");
  }
}
