package dev.millrace.engine.operator.aggregate;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupAggregateTest {
  private static final DataType STRING = DataType.string();
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType ROW =
      DataType.row(List.of(new Field("k", STRING), new Field("v", BIGINT)));
  private static final DataType OUTPUT =
      DataType.row(List.of(new Field("k", STRING), new Field("n", BIGINT), new Field("c", BIGINT)));

  private static OperatorHarness harness(boolean retracting, boolean updateBefore) {
    List<AggregateCall> calls =
        List.of(
            new AggregateCall("COUNT", List.of(), List.of(), -1, false, retracting, false, BIGINT),
            new AggregateCall(
                "COUNT", List.of(1), List.of(BIGINT), -1, false, retracting, false, BIGINT));
    GroupAggregate.Spec spec =
        new GroupAggregate.Spec(
            List.of(0),
            List.of(STRING),
            List.of(BIGINT, BIGINT),
            false,
            retracting,
            updateBefore,
            0);
    return new OperatorHarness(
        () -> new GroupAggregate(spec, new Aggregates(calls)),
        List.of(new Input(ROW, List.of(0))),
        OUTPUT,
        updateBefore ? null : List.of(0));
  }

  @ParameterizedTest
  @CsvSource({"true, true", "true, false", "false, true", "false, false"})
  void agreesWithRecomputation(boolean retracting, boolean updateBefore) {
    long seed = Long.getLong("millrace.random.seed", 31);
    for (int n = 0; n < 40; n++) {
      Random random = new Random(seed + n);
      Changes table =
          new Changes(
              0,
              random,
              () ->
                  Arrays.asList(
                      random.nextInt(6) == 0 ? null : "k" + random.nextInt(20),
                      random.nextInt(3) == 0 ? null : random.nextLong()));
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(300); i > 0; i--) {
        if (retracting) {
          table.change(events);
        } else {
          table.insert(events);
        }
      }
      harness(retracting, updateBefore).checkRandom(events, grouped(table.rows()), seed + n);
    }
  }

  private static List<List<Object>> grouped(List<List<Object>> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(row -> String.valueOf(row.get(0))))
        .values()
        .stream()
        .map(
            group ->
                Arrays.asList(
                    group.get(0).get(0),
                    (Object) (long) group.size(),
                    group.stream().map(row -> row.get(1)).filter(Objects::nonNull).count()))
        .toList();
  }
}
