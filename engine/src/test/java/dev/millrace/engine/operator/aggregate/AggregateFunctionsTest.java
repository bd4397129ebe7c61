package dev.millrace.engine.operator.aggregate;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every aggregate function over every type against plain recomputation. */
class AggregateFunctionsTest {
  private static final int ROUNDS = 3;

  /** What a function gives for the values, nulls among them, of a group. */
  private interface Oracle {
    Object result(List<Object> values);
  }

  private record Case(String function, DataType type, Oracle oracle) {}

  private static List<Case> cases(DataType argument) {
    List<Case> cases = new ArrayList<>();
    cases.add(new Case("COUNT", DataType.of(TypeRoot.BIGINT), values -> present(values).count()));
    cases.add(new Case("FIRST_VALUE", argument, AggregateFunctionsTest::first));
    cases.add(new Case("LAST_VALUE", argument, AggregateFunctionsTest::last));
    cases.add(
        new Case(
            "ARRAY_AGG", DataType.array(argument), values -> values.isEmpty() ? null : values));
    cases.add(new Case("COLLECT", DataType.multiset(argument), AggregateFunctionsTest::multiset));
    if (argument.isString()) {
      cases.add(new Case("LISTAGG", argument, AggregateFunctionsTest::joined));
    }
    if (argument.children().isEmpty()) {
      cases.add(new Case("MIN", argument, values -> extremum(values, 1)));
      cases.add(new Case("MAX", argument, values -> extremum(values, -1)));
    }
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

  private static Stream<Object> present(List<Object> values) {
    return values.stream().filter(Objects::nonNull);
  }

  private static boolean isEmpty(List<Object> values) {
    return present(values).findAny().isEmpty();
  }

  private static Object first(List<Object> values) {
    return present(values).findFirst().orElse(null);
  }

  private static Object last(List<Object> values) {
    return present(values).reduce((a, b) -> b).orElse(null);
  }

  private static Object multiset(List<Object> values) {
    return present(values).collect(Collectors.toMap(value -> value, value -> 1, Integer::sum));
  }

  private static Object joined(List<Object> values) {
    return isEmpty(values)
        ? null
        : present(values).map(Object::toString).collect(Collectors.joining(","));
  }

  @SuppressWarnings("unchecked")
  private static Object extremum(List<Object> values, int sign) {
    return present(values).min((a, b) -> sign * ((Comparable<Object>) a).compareTo(b)).orElse(null);
  }

  private static BigDecimal exactSum(List<Object> values) {
    return present(values)
        .map(value -> new BigDecimal(value.toString()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static Object sum(List<Object> values, DataType type) {
    return as(exactSum(values), type);
  }

  private static Object average(List<Object> values, DataType type) {
    long count = present(values).count();
    if (count == 0) {
      return null;
    }
    BigDecimal sum = exactSum(values);
    return switch (type.root()) {
      case FLOAT -> (float) (sum.doubleValue() / count);
      case DOUBLE -> sum.doubleValue() / count;
      case DECIMAL -> sum.divide(BigDecimal.valueOf(count), type.scale(), RoundingMode.HALF_UP);
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
      case ARRAY -> n < 0 ? List.of() : List.of(n, n + 1);
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
            DataType.string(),
            DataType.array(DataType.of(TypeRoot.INT)))
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
      harness(argument, cases, retracting).checkRandom(events, expected(events, cases), seed + n);
    }
  }

  private static OperatorHarness harness(DataType argument, List<Case> cases, boolean retracting) {
    DataType key = DataType.of(TypeRoot.INT);
    List<AggregateCall> calls = new ArrayList<>();
    List<Field> output = new ArrayList<>(List.of(new Field("k", key)));
    for (Case each : cases) {
      for (Use use : Use.values()) {
        calls.add(
            new AggregateCall(
                each.function(),
                List.of(1),
                List.of(argument),
                use.filtered ? 2 : -1,
                use.distinct,
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

  /** The ways in which each function is called. */
  private enum Use {
    PLAIN(false, false),
    FILTERED(true, false),
    DISTINCT(false, true),
    DISTINCT_FILTERED(true, true);

    private final boolean filtered;
    private final boolean distinct;

    Use(boolean filtered, boolean distinct) {
      this.filtered = filtered;
      this.distinct = distinct;
    }
  }

  /** The values of one group that count for one use. */
  private static final class Seen {
    private final List<Object> all = new ArrayList<>();
    private final List<Object> counted = new ArrayList<>();

    void add(Object value, boolean distinct) {
      if (!distinct || !all.contains(value)) {
        counted.add(value);
      }
      all.add(value);
    }

    /** The earliest of equal values goes. */
    void remove(Object value, boolean distinct) {
      all.remove(value);
      if (!distinct || !all.contains(value)) {
        counted.remove(value);
      }
    }
  }

  private static final class Group {
    private final Map<Use, Seen> seen = new EnumMap<>(Use.class);
    private int rows;

    Group() {
      for (Use use : Use.values()) {
        seen.put(use, new Seen());
      }
    }

    void change(Event.Row row, boolean added) {
      rows += added ? 1 : -1;
      for (Use use : Use.values()) {
        Object value = row.values().get(1);
        if (!use.filtered || Boolean.TRUE.equals(row.values().get(2))) {
          if (added) {
            seen.get(use).add(value, use.distinct);
          } else {
            seen.get(use).remove(value, use.distinct);
          }
        }
      }
    }
  }

  private static List<List<Object>> expected(List<Event> events, List<Case> cases) {
    Map<Object, Group> groups = new HashMap<>();
    for (Event event : events) {
      Event.Row row = (Event.Row) event;
      boolean added = row.kind() == RowKind.INSERT || row.kind() == RowKind.UPDATE_AFTER;
      groups.computeIfAbsent(row.values().get(0), key -> new Group()).change(row, added);
    }
    List<List<Object>> expected = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          if (group.rows > 0) {
            List<Object> results = new ArrayList<>();
            results.add(key);
            for (Case each : cases) {
              for (Use use : Use.values()) {
                results.add(each.oracle().result(group.seen.get(use).counted));
              }
            }
            expected.add(results);
          }
        });
    return expected;
  }
}
