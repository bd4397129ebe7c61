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
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every aggregate function over every type against plain recomputation. */
class AggregateFunctionsTest {
  private static final int ROUNDS = 6;

  /** What a function gives for the values, nulls among them, of a group. */
  private interface Oracle {
    Object result(List<Object> values);
  }

  private record Case(String function, DataType type, Oracle oracle) {}

  private static List<Case> cases(DataType argument) {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("MIN", argument, values -> extremum(values, 1)));
    cases.add(new Case("MAX", argument, values -> extremum(values, -1)));
    if (argument.isNumeric()) {
      DataType sum =
          argument.is(TypeRoot.DECIMAL) ? DataType.decimal(38, argument.scale()) : argument;
      cases.add(new Case("SUM", sum, values -> isEmpty(values) ? null : sum(values, sum)));
      cases.add(new Case("$SUM0", sum, values -> sum(values, sum)));
      DataType average =
          argument.is(TypeRoot.DECIMAL)
              ? DataType.decimal(38, Math.max(6, argument.scale()))
              : argument;
      cases.add(new Case("AVG", average, values -> average(values, average)));
    }
    return cases;
  }

  private static boolean isEmpty(List<Object> values) {
    return values.stream().noneMatch(Objects::nonNull);
  }

  @SuppressWarnings("unchecked")
  private static Object extremum(List<Object> values, int sign) {
    return values.stream()
        .filter(Objects::nonNull)
        .min((a, b) -> sign * ((Comparable<Object>) a).compareTo(b))
        .orElse(null);
  }

  private static BigDecimal exactSum(List<Object> values) {
    return values.stream()
        .filter(Objects::nonNull)
        .map(value -> new BigDecimal(value.toString()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Object sum(List<Object> values, DataType type) {
    return as(exactSum(values), type);
  }

  private static Object average(List<Object> values, DataType type) {
    long count = values.stream().filter(Objects::nonNull).count();
    if (count == 0) {
      return null;
    }
    BigDecimal sum = exactSum(values);
    return switch (type.root()) {
      case FLOAT -> (float) (sum.doubleValue() / count);
      case DOUBLE -> sum.doubleValue() / count;
      case DECIMAL ->
          sum.divide(BigDecimal.valueOf(count), type.scale(), java.math.RoundingMode.HALF_UP);
      default -> as(BigDecimal.valueOf(sum.longValue() / count), type);
    };
  }

  private static Object as(BigDecimal value, DataType type) {
    return switch (type.root()) {
      case TINYINT -> value.byteValue();
      case SMALLINT -> value.shortValue();
      case INT -> value.intValue();
      case BIGINT -> value.longValue();
      case FLOAT -> value.floatValue();
      case DOUBLE -> value.doubleValue();
      default -> value.setScale(type.scale());
    };
  }

  /** Few distinct values; floating-point ones whose sums are exact. */
  private static Object value(DataType type, Random random) {
    if (random.nextInt(5) == 0) {
      return null;
    }
    int n = random.nextInt(12) - 4;
    return switch (type.root()) {
      case BOOLEAN -> n > 0;
      case TINYINT -> (byte) (n * 15);
      case SMALLINT -> (short) (n * 3000);
      case INT -> n * 200_000_000;
      case BIGINT -> n * 12_345_678_901L;
      case FLOAT -> n / 8f;
      case DOUBLE -> n / 8d;
      case DECIMAL -> BigDecimal.valueOf(n * 1234567L, type.scale());
      case DATE -> LocalDate.ofEpochDay(n * 1000L);
      case TIMESTAMP ->
          LocalDateTime.ofEpochSecond(
              n, type.precision() > 3 ? 123_456_789 - n : 0, ZoneOffset.UTC);
      default -> n == 0 ? "" : "s" + "é".repeat(n + 4);
    };
  }

  static Stream<Arguments> types() {
    return Stream.of(
            DataType.of(TypeRoot.BOOLEAN),
            DataType.of(TypeRoot.TINYINT),
            DataType.of(TypeRoot.SMALLINT),
            DataType.of(TypeRoot.INT),
            DataType.of(TypeRoot.BIGINT),
            DataType.of(TypeRoot.FLOAT),
            DataType.of(TypeRoot.DOUBLE),
            DataType.decimal(12, 3),
            DataType.decimal(30, 10),
            DataType.of(TypeRoot.DATE),
            DataType.of(TypeRoot.TIMESTAMP, 3),
            DataType.of(TypeRoot.TIMESTAMP, 9),
            DataType.string())
        .flatMap(type -> Stream.of(Arguments.of(type, false), Arguments.of(type, true)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void agreesWithRecomputation(DataType argument, boolean retracting) {
    long seed = Long.getLong("millrace.random.seed", 7);
    for (int n = 0; n < ROUNDS; n++) {
      Random random = new Random(seed + n);
      Changes table =
          new Changes(
              0,
              random,
              () -> {
                List<Object> row = new ArrayList<>();
                row.add(random.nextInt(8) == 0 ? null : random.nextInt(10));
                row.add(value(argument, random));
                row.add(random.nextBoolean());
                return row;
              });
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(250); i > 0; i--) {
        if (retracting) {
          table.change(events);
        } else {
          table.insert(events);
        }
      }
      List<Case> cases = cases(argument);
      harness(argument, cases, retracting).check(events, expected(table.rows(), cases), seed + n);
    }
  }

  private static OperatorHarness harness(DataType argument, List<Case> cases, boolean retracting) {
    DataType key = DataType.of(TypeRoot.INT);
    List<AggregateCall> calls = new ArrayList<>();
    List<Field> output = new ArrayList<>(List.of(new Field("k", key)));
    for (Case each : cases) {
      for (int filter : new int[] {-1, 2}) {
        calls.add(
            new AggregateCall(
                each.function(),
                List.of(1),
                List.of(argument),
                filter,
                false,
                retracting,
                false,
                each.type()));
        output.add(new Field("f" + output.size(), each.type()));
      }
    }
    GroupAggregate.Spec spec =
        new GroupAggregate.Spec(
            List.of(0),
            List.of(key),
            calls.stream().map(AggregateCall::type).toList(),
            false,
            retracting,
            true,
            0);
    DataType row =
        DataType.row(
            List.of(
                new Field("k", key),
                new Field("v", argument),
                new Field("f", DataType.of(TypeRoot.BOOLEAN))));
    return new OperatorHarness(
        () -> new GroupAggregate(spec, new Aggregates(calls)),
        List.of(new Input(row, List.of(0))),
        DataType.row(output),
        null);
  }

  private static List<List<Object>> expected(List<List<Object>> rows, List<Case> cases) {
    return rows.stream()
        .collect(Collectors.groupingBy(row -> String.valueOf(row.get(0))))
        .values()
        .stream()
        .map(group -> results(group, cases))
        .toList();
  }

  private static List<Object> results(List<List<Object>> group, List<Case> cases) {
    List<Object> results = new ArrayList<>();
    results.add(group.get(0).get(0));
    List<Object> all = new ArrayList<>();
    List<Object> some = new ArrayList<>();
    for (List<Object> row : group) {
      all.add(row.get(1));
      if ((Boolean) row.get(2)) {
        some.add(row.get(1));
      }
    }
    for (Case each : cases) {
      results.add(each.oracle().result(all));
      results.add(each.oracle().result(some));
    }
    return results;
  }
}
