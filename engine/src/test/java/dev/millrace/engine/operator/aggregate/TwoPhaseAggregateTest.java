package dev.millrace.engine.operator.aggregate;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.aggregate.IncrementalAggregates;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.Operator;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.operator.Pipeline;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Local and global aggregates, also with an incremental one between, against recomputation. */
class TwoPhaseAggregateTest {
  private static final DataType INT = DataType.of(TypeRoot.INT);
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final List<DataType> KEYS = List.of(DataType.string(), INT);
  private static final DataType ROW =
      DataType.row(
          List.of(
              new Field("k", DataType.string()), new Field("bucket", INT), new Field("v", BIGINT)));
  private static final DataType OUTPUT =
      DataType.row(
          List.of(
              new Field("k", DataType.string()),
              new Field("bucket", INT),
              new Field("n", BIGINT),
              new Field("sum", BIGINT),
              new Field("max", BIGINT),
              new Field("distinct", BIGINT),
              new Field("distinctSum", BIGINT)));

  private static AggregateCall call(String function, boolean distinct, boolean retracting) {
    return new AggregateCall(
        function, List.of(2), List.of(BIGINT), -1, distinct, retracting, false, BIGINT);
  }

  private static List<AggregateCall> calls(boolean distinct, boolean retracting) {
    return List.of(
        call("COUNT", false, retracting),
        call("SUM", false, retracting),
        call("MAX", false, retracting),
        call("COUNT", distinct, retracting),
        call("SUM", distinct, retracting));
  }

  private static Operator operator(boolean incremental, boolean retracting, long ttlMillis) {
    List<AggregateCall> calls = calls(true, retracting);
    Operator local =
        new LocalGroupAggregate(
            new LocalGroupAggregate.Spec(List.of(0, 1), KEYS, retracting), new Aggregates(calls));
    GroupAggregate.Spec global =
        new GroupAggregate.Spec(
            List.of(0, 1),
            KEYS,
            List.of(BIGINT, BIGINT, BIGINT, BIGINT, BIGINT),
            true,
            retracting,
            true,
            0);
    if (!incremental) {
      return new Pipeline(local, new GroupAggregate(global, new Aggregates(calls)));
    }
    Operator between =
        new IncrementalGroupAggregate(
            new IncrementalGroupAggregate.Spec(KEYS, List.of(0, 1), retracting, ttlMillis),
            new IncrementalAggregates(calls));
    List<AggregateCall> plain = calls(false, retracting);
    return new Pipeline(
        new Pipeline(local, between), new GroupAggregate(global, new Aggregates(plain)));
  }

  @ParameterizedTest
  @CsvSource({"false, false", "false, true", "true, false", "true, true"})
  void agreesWithRecomputation(boolean incremental, boolean retracting) {
    long seed = Long.getLong("millrace.random.seed", 17);
    OperatorHarness harness =
        new OperatorHarness(
            () -> operator(incremental, retracting, 0),
            List.of(new Input(ROW, List.of(0, 1))),
            OUTPUT,
            null);
    for (int n = 0; n < 20; n++) {
      Random random = new Random(seed + n);
      Changes table =
          new Changes(
              0,
              random,
              () ->
                  Arrays.asList(
                      random.nextInt(6) == 0 ? null : "k" + random.nextInt(4),
                      random.nextInt(3),
                      random.nextInt(5) == 0 ? null : (long) random.nextInt(9)));
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(300); i > 0; i--) {
        if (retracting) {
          table.change(events);
        } else {
          table.insert(events);
        }
      }
      harness.checkRandom(events, grouped(table.rows()), seed + n);
    }
  }

  /** A value counts again when its key has not been written for the time to live. */
  @Test
  void argumentsAreForgottenWhenTheirTimeIsOver() {
    OperatorHarness harness =
        new OperatorHarness(
            () -> operator(true, false, 100), List.of(new Input(ROW, List.of(0, 1))), OUTPUT, null);
    List<Event> events =
        List.of(
            row("a", 7),
            new Event.Time(99),
            row("a", 7),
            new Event.Time(99),
            row("a", 8),
            row("b", 7),
            new Event.Time(100),
            row("a", 7),
            row("a", 7));
    harness.check(
        events,
        List.of(List.of("a", 0, 5L, 36L, 8L, 3L, 22L), List.of("b", 0, 1L, 7L, 7L, 1L, 7L)),
        1);
  }

  private static Event row(String key, long value) {
    return new Event.Row(0, RowKind.INSERT, List.of(key, 0, value));
  }

  private static List<List<Object>> grouped(List<List<Object>> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(row -> row.get(0) + "/" + row.get(1)))
        .values()
        .stream()
        .map(TwoPhaseAggregateTest::results)
        .toList();
  }

  private static List<Object> results(List<List<Object>> group) {
    List<Long> values =
        group.stream().map(row -> (Long) row.get(2)).filter(Objects::nonNull).toList();
    List<Long> distinct = values.stream().distinct().toList();
    return Arrays.asList(
        group.get(0).get(0),
        group.get(0).get(1),
        (long) values.size(),
        sum(values),
        values.stream().max(Long::compare).orElse(null),
        (long) distinct.size(),
        sum(distinct));
  }

  private static Long sum(List<Long> values) {
    return values.stream().reduce(Long::sum).orElse(null);
  }
}
