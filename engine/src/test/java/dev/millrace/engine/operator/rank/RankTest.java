package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.operator.rank.Rank.Strategy;
import dev.millrace.engine.state.SortColumn;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are (partition, id, value, last rank), ordered by value, descending or not. */
class RankTest {
  private static final DataType STRING = DataType.string();
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final DataType INT = DataType.of(TypeRoot.INT);
  private static final List<DataType> TYPES = List.of(STRING, BIGINT, STRING, INT);
  private static final int ID = 1;
  private static final int VALUE = 2;
  private static final int END = 3;

  @ParameterizedTest
  @CsvSource({
    "APPEND, 1, 3, true, true, true",
    "APPEND, 1, 3, true, false, false",
    "APPEND, 1, 3, false, true, true",
    "APPEND, 1, 1, false, false, true",
    "APPEND, 3, 4, true, false, false",
    "APPEND, 2, 5, false, true, true",
    "UPDATE, 1, 3, true, true, true",
    "UPDATE, 1, 3, true, false, false",
    "UPDATE, 1, 3, false, true, true",
    "UPDATE, 1, 3, false, false, false",
    "UPDATE, 2, 3, false, false, true",
    "RETRACT, 1, 3, true, true, true",
    "RETRACT, 1, 3, true, false, false",
    "RETRACT, 1, 3, false, true, true",
    "RETRACT, 2, 3, false, false, false",
    "RETRACT, 1, 1, false, false, true",
  })
  void agreesWithRecomputation(
      Strategy strategy,
      int start,
      int end,
      boolean rowNumber,
      boolean updateBefore,
      boolean ascending) {
    Rank.Spec spec = spec(strategy, start, end, -1, rowNumber, updateBefore, ascending);
    long seed = Long.getLong("millrace.random.seed", 57);
    for (int n = 0; n < 12; n++) {
      check(spec, seed + n);
    }
  }

  @ParameterizedTest
  @CsvSource({"APPEND, true", "APPEND, false", "UPDATE, false"})
  void takesTheLastRankFromTheFirstRow(Strategy strategy, boolean rowNumber) {
    Rank.Spec spec = spec(strategy, 1, -1, END, rowNumber, true, true);
    long seed = Long.getLong("millrace.random.seed", 113);
    for (int n = 0; n < 12; n++) {
      check(spec, seed + n);
    }
  }

  private static Rank.Spec spec(
      Strategy strategy,
      int start,
      int end,
      int endColumn,
      boolean rowNumber,
      boolean updateBefore,
      boolean ascending) {
    return new Rank.Spec(
        TYPES,
        List.of(0),
        List.of(new SortColumn(VALUE, STRING, ascending, !ascending)),
        strategy,
        strategy == Strategy.UPDATE ? List.of(0, ID) : List.of(),
        start,
        end,
        endColumn,
        rowNumber,
        updateBefore,
        0);
  }

  private static void check(Rank.Spec spec, long seed) {
    Random random = new Random(seed);
    List<Event> events =
        spec.strategy() == Strategy.UPDATE
            ? improvements(random, spec.order().get(0).ascending())
            : changes(random, spec.strategy() == Strategy.RETRACT);
    harness(spec).checkRandom(events, ranked(spec, events), seed);
  }

  private static OperatorHarness harness(Rank.Spec spec) {
    List<Field> fields = new ArrayList<>();
    TYPES.forEach(type -> fields.add(new Field("f" + fields.size(), type)));
    DataType input = DataType.row(fields);
    if (spec.rowNumber()) {
      fields.add(new Field("rank", BIGINT));
    }
    return new OperatorHarness(
        () -> new Rank(spec),
        List.of(new Input(input, List.of(0))),
        DataType.row(fields),
        spec.updateBefore() ? null : upsertKey(spec));
  }

  /** Null where rows are only inserted and deleted. */
  private static List<Integer> upsertKey(Rank.Spec spec) {
    if (spec.rowNumber()) {
      return List.of(0, TYPES.size());
    }
    if (spec.strategy() == Strategy.UPDATE) {
      return List.of(0, ID);
    }
    return spec.isTopOne() ? List.of(0) : null;
  }

  private static List<Event> changes(Random random, boolean retracting) {
    Changes table = new Changes(0, random, () -> row(random, value(random)));
    List<Event> events = new ArrayList<>();
    for (int i = random.nextInt(200); i > 0; i--) {
      if (retracting) {
        table.change(events);
      } else {
        table.insert(events);
      }
    }
    return events;
  }

  private static String value(Random random) {
    return random.nextInt(8) == 0
        ? null
        : "v" + "\0x".repeat(random.nextInt(3)) + random.nextInt(9);
  }

  private static List<Object> row(Random random, String value) {
    return Arrays.asList(
        random.nextInt(9) == 0 ? null : "p" + random.nextInt(6),
        (long) random.nextInt(6),
        value,
        random.nextInt(9) == 0 ? null : random.nextInt(6) - 1);
  }

  /** Rows by id whose value gets better and better. */
  private static List<Event> improvements(Random random, boolean ascending) {
    Map<List<Object>, Integer> values = new LinkedHashMap<>();
    List<Event> events = new ArrayList<>();
    for (int i = random.nextInt(200); i > 0; i--) {
      List<Object> row = row(random, null);
      int better = random.nextInt(4) == 0 ? 0 : random.nextInt(20);
      int value =
          values.merge(
              row.subList(0, 2),
              100 + (ascending ? 1 : -1) * better,
              (old, first) -> ascending ? old - better : old + better);
      row.set(VALUE, "%05d".formatted(10_000 + value));
      events.add(new Event.Row(0, RowKind.UPDATE_AFTER, row));
    }
    return events;
  }

  private static List<List<Object>> ranked(Rank.Spec spec, List<Event> events) {
    Map<Object, List<List<Object>>> partitions = new LinkedHashMap<>();
    Map<Object, Integer> ends = new LinkedHashMap<>();
    for (Event event : events) {
      Event.Row change = (Event.Row) event;
      List<Object> row = change.values();
      Integer end = (Integer) row.get(END);
      ends.putIfAbsent(row.get(0), spec.hasEndColumn() ? end == null ? 0 : end : (int) spec.end());
      List<List<Object>> rows = partitions.computeIfAbsent(row.get(0), key -> new ArrayList<>());
      if (change.kind() == RowKind.DELETE || change.kind() == RowKind.UPDATE_BEFORE) {
        rows.remove(row);
      } else if (spec.strategy() == Strategy.UPDATE) {
        update(rows, row);
      } else {
        rows.add(row);
      }
    }
    List<List<Object>> result = new ArrayList<>();
    partitions.forEach((key, rows) -> addRanked(spec, rows, ends.get(key), result));
    return result;
  }

  private static void update(List<List<Object>> rows, List<Object> row) {
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).get(ID).equals(row.get(ID))) {
        if (rows.get(i).get(VALUE).equals(row.get(VALUE))) {
          rows.set(i, row);
          return;
        }
        rows.remove(i);
      }
    }
    rows.add(row);
  }

  private static void addRanked(
      Rank.Spec spec, List<List<Object>> rows, int end, List<List<Object>> result) {
    Comparator<String> order = Comparator.naturalOrder();
    SortColumn column = spec.order().get(0);
    order = column.ascending() ? order : order.reversed();
    order = column.nullsLast() ? Comparator.nullsLast(order) : Comparator.nullsFirst(order);
    List<List<Object>> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(row -> (String) row.get(VALUE), order));
    for (int rank = (int) spec.start(); rank <= Math.min(end, sorted.size()); rank++) {
      List<Object> row = new ArrayList<>(sorted.get(rank - 1));
      if (spec.rowNumber()) {
        row.add((long) rank);
      }
      result.add(row);
    }
  }
}
