package dev.millrace.engine.operator.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows are (primary key, upsert key, value). */
class ConflictMaterializerTest {
  private static final DataType INT = DataType.of(TypeRoot.INT);
  private static final List<DataType> TYPES = List.of(INT, INT, DataType.string());
  private static final DataType ROW =
      DataType.row(
          List.of(new Field("pk", INT), new Field("uk", INT), new Field("v", DataType.string())));

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void keepsTheFirstRow(boolean byUpsertKey) {
    long seed = Long.getLong("millrace.random.seed", 801);
    for (int n = 0; n < 25; n++) {
      Random random = new Random(seed + n);
      Changes table = new Changes(0, random, () -> row(random));
      List<Event> events = new ArrayList<>();
      long watermark = 0;
      for (int i = random.nextInt(200); i > 0; i--) {
        table.change(events);
        if (random.nextInt(6) == 0) {
          events.add(new Event.Watermark(0, ++watermark));
        }
      }
      harness(byUpsertKey, false).checkRandom(events, kept(events, byUpsertKey), seed + n);
    }
  }

  @Test
  void failsIfRowsHaveTheSameKey() {
    List<Event> replaced =
        List.of(
            change(RowKind.INSERT, 1, 1, "a"),
            new Event.Watermark(0, 1),
            change(RowKind.UPDATE_AFTER, 1, 1, "b"),
            change(RowKind.UPDATE_BEFORE, 1, 1, "a"));
    assertThat(harness(false, true).changelog(replaced, 1))
        .containsExactly(
            Map.entry(RowKind.INSERT, List.of(1, 1, "a")),
            Map.entry(RowKind.UPDATE_AFTER, List.of(1, 1, "b")));
    List<Event> conflicting =
        List.of(
            change(RowKind.INSERT, 1, 1, "a"),
            new Event.Watermark(0, 1),
            change(RowKind.INSERT, 1, 2, "b"));
    assertThatThrownBy(() -> harness(false, true).changelog(conflicting, 1))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("Primary key constraint violation")
        .hasMessageContaining("Conflicting key: [pk=1]");
  }

  /** What Flink's materializer has emitted last for each primary key. */
  private static List<List<Object>> kept(List<Event> events, boolean byUpsertKey) {
    Map<Object, List<Object>> shown = new HashMap<>();
    Map<Object, List<Event.Row>> pending = new LinkedHashMap<>();
    List<Event> all = new ArrayList<>(events);
    all.add(new Event.Watermark(0, Watermarks.END));
    for (Event event : all) {
      if (event instanceof Event.Row change) {
        List<Event.Row> changes =
            pending.computeIfAbsent(change.values().get(0), key -> new ArrayList<>());
        if (!changes.removeIf(once(change))) {
          changes.add(change);
        }
      } else {
        pending.forEach((key, changes) -> compact(shown, key, changes, byUpsertKey));
        pending.clear();
      }
    }
    return List.copyOf(shown.values());
  }

  /** The first change of an equal row in the other direction. */
  private static Predicate<Event.Row> once(Event.Row change) {
    boolean[] done = {false};
    return other -> {
      boolean opposite =
          !done[0]
              && other.values().equals(change.values())
              && isAdded(other.kind()) != isAdded(change.kind());
      done[0] |= opposite;
      return opposite;
    };
  }

  private static void compact(
      Map<Object, List<Object>> shown, Object key, List<Event.Row> changes, boolean byUpsertKey) {
    List<Object> before = shown.get(key);
    List<List<Object>> rows = new ArrayList<>();
    if (before != null) {
      rows.add(before);
    }
    for (Event.Row change : changes) {
      List<Object> row = change.values();
      int place =
          byUpsertKey
              ? rows.stream().map(each -> each.get(1)).toList().indexOf(row.get(1))
              : rows.indexOf(row);
      if (!isAdded(change.kind())) {
        if (place >= 0) {
          rows.remove(place);
        }
      } else if (byUpsertKey && place >= 0) {
        rows.set(place, row);
      } else {
        rows.add(row);
      }
    }
    if (rows.isEmpty()) {
      shown.remove(key);
    } else if (rows.size() == 1 || before == null) {
      shown.put(key, rows.get(0));
    }
  }

  private static boolean isAdded(RowKind kind) {
    return kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
  }

  private static OperatorHarness harness(boolean byUpsertKey, boolean fail) {
    PrimaryKeyRows.Spec spec =
        new PrimaryKeyRows.Spec(TYPES, List.of(0), byUpsertKey ? List.of(1) : List.of(), 0);
    return new OperatorHarness(
        () -> new ConflictMaterializer(spec, List.of("pk"), fail),
        List.of(new Input(ROW, List.of(0))),
        ROW,
        List.of(0));
  }

  private static Event change(RowKind kind, int primaryKey, int upsertKey, String value) {
    return new Event.Row(0, kind, List.of(primaryKey, upsertKey, value));
  }

  private static List<Object> row(Random random) {
    return Arrays.asList(
        random.nextInt(9),
        random.nextInt(4),
        random.nextInt(5) == 0 ? null : "v" + random.nextInt(3));
  }
}
