package dev.millrace.engine.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.error.MillraceException;
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

class SingleValueTest {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType ROW =
      DataType.row(List.of(new Field("k", BIGINT), new Field("v", DataType.string())));

  private static OperatorHarness harness() {
    List<AggregateCall> calls =
        List.of(
            new AggregateCall(
                "SINGLE_VALUE",
                List.of(1),
                List.of(DataType.string()),
                -1,
                false,
                true,
                false,
                DataType.string()));
    GroupAggregate.Spec spec =
        new GroupAggregate.Spec(
            List.of(0), List.of(BIGINT), List.of(DataType.string()), false, true, true, 0);
    return new OperatorHarness(
        () -> new GroupAggregate(spec, new Aggregates(calls)),
        List.of(new Input(ROW, List.of(0))),
        ROW,
        null);
  }

  private static Event row(RowKind kind, long key, String value) {
    return new Event.Row(0, kind, Arrays.asList(key, value));
  }

  @Test
  void agreesWithATable() {
    long seed = Long.getLong("millrace.random.seed", 5);
    for (int n = 0; n < 20; n++) {
      Random random = new Random(seed + n);
      Map<Long, String> table = new HashMap<>();
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        change(table, random, events);
      }
      List<List<Object>> expected = new ArrayList<>();
      table.forEach((key, value) -> expected.add(Arrays.asList(key, value)));
      harness().checkRandom(events, expected, seed + n);
    }
  }

  private static void change(Map<Long, String> table, Random random, List<Event> events) {
    long key = random.nextInt(6);
    String value = random.nextInt(4) == 0 ? null : "v" + random.nextInt(5);
    if (!table.containsKey(key)) {
      events.add(row(RowKind.INSERT, key, value));
      table.put(key, value);
    } else if (random.nextBoolean()) {
      events.add(row(RowKind.DELETE, key, table.remove(key)));
    } else {
      events.add(row(RowKind.UPDATE_BEFORE, key, table.get(key)));
      events.add(row(RowKind.UPDATE_AFTER, key, value));
      table.put(key, value);
    }
  }

  @Test
  void secondRowFails() {
    List<Event> events =
        List.of(
            row(RowKind.INSERT, 1, "a"), row(RowKind.INSERT, 2, "b"), row(RowKind.INSERT, 1, "a"));
    assertThatThrownBy(() -> harness().changelog(events, 1))
        .isInstanceOf(MillraceException.class)
        .hasMessageContaining("must have one row");
  }
}
