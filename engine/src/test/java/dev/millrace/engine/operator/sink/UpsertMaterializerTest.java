package dev.millrace.engine.operator.sink;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows are (primary key, upsert key, value). */
class UpsertMaterializerTest {
  private static final DataType INT = DataType.of(TypeRoot.INT);
  private static final List<DataType> TYPES = List.of(INT, INT, DataType.string());
  private static final DataType ROW =
      DataType.row(
          List.of(new Field("pk", INT), new Field("uk", INT), new Field("v", DataType.string())));

  @Test
  void showsTheLastRowThatIsThere() {
    long seed = Long.getLong("millrace.random.seed", 501);
    for (int n = 0; n < 20; n++) {
      Random random = new Random(seed + n);
      Changes table = new Changes(0, random, () -> row(random, random.nextInt(9)));
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        table.change(events);
      }
      harness(List.of()).checkRandom(events, shown(events, false), seed + n);
    }
  }

  @Test
  void replacesRowsByTheirUpsertKey() {
    long seed = Long.getLong("millrace.random.seed", 502);
    for (int n = 0; n < 20; n++) {
      Random random = new Random(seed + n);
      Map<Integer, List<Object>> current = new HashMap<>();
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        List<Object> row = row(random, random.nextInt(12));
        Integer key = (Integer) row.get(1);
        List<Object> old = current.remove(key);
        if (old != null && (random.nextInt(3) == 0 || !old.get(0).equals(row.get(0)))) {
          events.add(new Event.Row(0, RowKind.DELETE, old));
        } else {
          current.put(key, row);
          events.add(new Event.Row(0, RowKind.UPDATE_AFTER, row));
        }
      }
      harness(List.of(1)).checkRandom(events, shown(events, true), seed + n);
    }
  }

  private static OperatorHarness harness(List<Integer> upsertKey) {
    PrimaryKeyRows.Spec spec = new PrimaryKeyRows.Spec(TYPES, List.of(0), upsertKey, 0);
    return new OperatorHarness(
        () -> new UpsertMaterializer(spec), List.of(new Input(ROW, List.of(0))), ROW, List.of(0));
  }

  private static List<Object> row(Random random, int upsertKey) {
    return Arrays.asList(
        random.nextInt(6), upsertKey, random.nextInt(5) == 0 ? null : "v" + random.nextInt(3));
  }

  /** What Flink's materializer has emitted last for each primary key. */
  private static List<List<Object>> shown(List<Event> events, boolean byUpsertKey) {
    Map<Object, List<List<Object>>> rows = new HashMap<>();
    Map<Object, List<Object>> shown = new HashMap<>();
    for (Event event : events) {
      Event.Row change = (Event.Row) event;
      List<Object> row = change.values();
      List<List<Object>> all = rows.computeIfAbsent(row.get(0), key -> new ArrayList<>());
      int place =
          byUpsertKey
              ? all.stream().map(r -> r.get(1)).toList().indexOf(row.get(1))
              : all.indexOf(row);
      if (change.kind() == RowKind.INSERT || change.kind() == RowKind.UPDATE_AFTER) {
        if (byUpsertKey && place >= 0) {
          all.set(place, row);
        } else {
          all.add(row);
        }
        shown.put(row.get(0), row);
      } else if (place >= 0) {
        boolean wasLast = place == all.size() - 1;
        all.remove(place);
        if (all.isEmpty()) {
          shown.remove(row.get(0));
        } else if (wasLast) {
          shown.put(row.get(0), all.get(all.size() - 1));
        }
      }
    }
    return List.copyOf(shown.values());
  }
}
