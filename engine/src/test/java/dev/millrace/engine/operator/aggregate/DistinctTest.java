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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DISTINCT calls that share their arguments, each with a filter, against recomputation. */
class DistinctTest {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType BOOLEAN = DataType.of(TypeRoot.BOOLEAN);
  private static final int FIRST_FILTER = 3;

  /** More than can share one set. */
  private static final int MANY = 70;

  @ParameterizedTest
  @CsvSource({"3, false", "3, true", "70, false", "70, true"})
  void agreesWithRecomputation(int filters, boolean retracting) {
    long seed = Long.getLong("millrace.random.seed", 31);
    for (int n = 0; n < (filters == MANY ? 2 : 10); n++) {
      Random random = new Random(seed + n);
      Changes table = new Changes(0, random, () -> row(filters, random));
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(200); i > 0; i--) {
        if (retracting) {
          table.change(events);
        } else {
          table.insert(events);
        }
      }
      harness(filters, retracting).checkRandom(events, counts(table.rows(), filters), seed + n);
    }
  }

  private static List<Object> row(int filters, Random random) {
    List<Object> row = new ArrayList<>();
    row.add((long) random.nextInt(4));
    row.add(random.nextInt(5) == 0 ? null : (long) random.nextInt(9));
    row.add(random.nextInt(5) == 0 ? null : "v" + random.nextInt(9));
    for (int i = 0; i < filters; i++) {
      row.add(random.nextInt(6) == 0 ? null : random.nextInt(4) == 0);
    }
    return row;
  }

  /** COUNT(DISTINCT v) FILTER (WHERE f) for either column v and every f. */
  private static OperatorHarness harness(int filters, boolean retracting) {
    List<DataType> types = new ArrayList<>(List.of(BIGINT, BIGINT, DataType.string()));
    types.addAll(Collections.nCopies(filters, BOOLEAN));
    List<AggregateCall> calls = new ArrayList<>();
    for (int filter = FIRST_FILTER; filter < FIRST_FILTER + filters; filter++) {
      for (int column = 1; column < FIRST_FILTER; column++) {
        List<DataType> argument = List.of(types.get(column));
        calls.add(
            new AggregateCall(
                "COUNT", List.of(column), argument, filter, true, retracting, false, BIGINT));
      }
    }
    List<DataType> results = Collections.nCopies(calls.size(), BIGINT);
    GroupAggregate.Spec spec =
        new GroupAggregate.Spec(List.of(0), List.of(BIGINT), results, false, retracting, true, 0);
    return new OperatorHarness(
        () -> new GroupAggregate(spec, new Aggregates(calls)),
        List.of(new Input(rowOf(types), List.of(0))),
        rowOf(Collections.nCopies(1 + calls.size(), BIGINT)),
        null);
  }

  private static DataType rowOf(List<DataType> types) {
    List<Field> fields = new ArrayList<>();
    for (DataType type : types) {
      fields.add(new Field("f" + fields.size(), type));
    }
    return DataType.row(fields);
  }

  private static List<List<Object>> counts(List<List<Object>> rows, int filters) {
    Map<Object, List<List<Object>>> groups = new HashMap<>();
    rows.forEach(row -> groups.computeIfAbsent(row.get(0), k -> new ArrayList<>()).add(row));
    List<List<Object>> expected = new ArrayList<>();
    groups.forEach(
        (key, group) -> {
          List<Object> results = new ArrayList<>(List.of(key));
          for (int filter = FIRST_FILTER; filter < FIRST_FILTER + filters; filter++) {
            for (int column = 1; column < FIRST_FILTER; column++) {
              results.add(count(group, column, filter));
            }
          }
          expected.add(results);
        });
    return expected;
  }

  private static long count(List<List<Object>> rows, int column, int filter) {
    return rows.stream()
        .filter(row -> Boolean.TRUE.equals(row.get(filter)))
        .map(row -> row.get(column))
        .filter(Objects::nonNull)
        .distinct()
        .count();
  }
}
