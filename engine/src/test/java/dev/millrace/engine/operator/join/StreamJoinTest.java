package dev.millrace.engine.operator.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.operator.join.StreamJoin.Side;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamJoinTest {
  private static final DataType INT = DataType.of(TypeRoot.INT);
  private static final DataType ROW =
      DataType.row(
          List.of(
              new Field("id", DataType.of(TypeRoot.BIGINT)),
              new Field("k", DataType.string()),
              new Field("v", INT)));
  private static final int ID = 0;
  private static final int K = 1;
  private static final int V = 2;
  private static final Side NO_KEY = new Side(List.of(), 0);
  private static final Side BY_ID = new Side(List.of(ID), 0);

  /** What is joined, and what is known of the inputs. */
  private record Case(List<Integer> keys, boolean filterNulls, Side side, boolean condition) {}

  private static final List<Case> CASES =
      List.of(
          new Case(List.of(K), true, NO_KEY, false),
          new Case(List.of(K), false, NO_KEY, true),
          new Case(List.of(K), true, BY_ID, true),
          new Case(List.of(K), false, BY_ID, false),
          new Case(List.of(ID), true, BY_ID, false),
          new Case(List.of(ID), true, BY_ID, true),
          new Case(List.of(K, ID), true, BY_ID, false),
          new Case(List.of(V), false, NO_KEY, false),
          new Case(List.of(), true, NO_KEY, true),
          new Case(List.of(), true, BY_ID, false));

  private static JoinSpec spec(JoinType type, Case each) {
    return new JoinSpec(
        type,
        ROW,
        ROW,
        each.keys(),
        each.keys(),
        each.keys().stream().map(key -> each.filterNulls()).toList());
  }

  private static OperatorHarness harness(JoinSpec spec, Case each) {
    return new OperatorHarness(
        () ->
            new StreamJoin(
                spec,
                each.side(),
                each.side(),
                each.condition() ? JoinRows.less(spec, V, V) : null),
        List.of(new Input(ROW, each.keys()), new Input(ROW, each.keys())),
        JoinRows.output(spec),
        null);
  }

  @ParameterizedTest
  @EnumSource
  void agreesWithRecomputation(JoinType type) {
    long seed = Long.getLong("millrace.random.seed", 47);
    for (int n = 0; n < 60; n++) {
      Case each = CASES.get(n % CASES.size());
      Random random = new Random(seed + n);
      Changes left = table(0, random, each);
      Changes right = table(1, random, each);
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(250); i > 0; i--) {
        (random.nextBoolean() ? left : right).change(events);
      }
      JoinSpec spec = spec(type, each);
      harness(spec, each)
          .checkRandom(
              events, JoinRows.join(spec, left.rows(), right.rows(), matches(each)), seed + n);
    }
  }

  private static Changes table(int input, Random random, Case each) {
    List<Supplier<Changes>> self = new ArrayList<>();
    Changes table =
        new Changes(
            input,
            random,
            () ->
                Arrays.asList(
                    each.side().uniqueKey().isEmpty()
                        ? (Long) (long) random.nextInt(3)
                        : unusedId(random, self.get(0).get()),
                    random.nextInt(6) == 0 ? null : "k" + random.nextInt(5),
                    random.nextInt(6) == 0 ? null : random.nextInt(4)));
    self.add(() -> table);
    return table;
  }

  private static Long unusedId(Random random, Changes table) {
    Long id = (long) random.nextInt(20 + 2 * table.rows().size());
    return table.rows().stream().anyMatch(row -> row.get(ID).equals(id))
        ? unusedId(random, table)
        : id;
  }

  private static BiPredicate<List<Object>, List<Object>> matches(Case each) {
    return (left, right) -> {
      for (int key : each.keys()) {
        if (!Objects.equals(left.get(key), right.get(key))
            || (each.filterNulls() && left.get(key) == null)) {
          return false;
        }
      }
      return !each.condition() || JoinRows.isLess(left.get(V), right.get(V));
    };
  }

  /** A batch meets more rows than fit into one piece, some of them many times. */
  @ParameterizedTest
  @EnumSource
  void longChainsAreJoinedInPieces(JoinType type) {
    Case each = new Case(List.of(K), true, NO_KEY, true);
    List<Event> events = new ArrayList<>();
    List<List<Object>> left = new ArrayList<>();
    List<List<Object>> right = new ArrayList<>();
    for (int i = 0; i < 9000; i++) {
      left.add(List.of((long) i / 2, "k" + i % 3 / 2, i % 7));
      events.add(new Event.Row(0, RowKind.INSERT, left.get(i)));
    }
    for (int i = 0; i < 3; i++) {
      right.add(List.of((long) i, "k0", 2 * i));
      events.add(new Event.Row(1, RowKind.INSERT, right.get(i)));
    }
    JoinSpec spec = spec(type, each);
    assertThat(JoinRows.folded(harness(spec, each).changelog(events, 1024)))
        .isEqualTo(JoinRows.counted(JoinRows.join(spec, left, right, matches(each))));
  }

  /** Rows that have only come so far need not be found; then one is to be. */
  @ParameterizedTest
  @EnumSource
  void rowsAreTakenBackLate(JoinType type) {
    Case each = new Case(List.of(K), true, NO_KEY, true);
    List<Event> events = new ArrayList<>();
    List<List<Object>> left = new ArrayList<>();
    List<List<Object>> right = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      left.add(List.of((long) i % 50, "k" + i % 5, i % 7));
      events.add(new Event.Row(0, RowKind.INSERT, left.get(i)));
      right.add(List.of((long) i % 9, "k" + i % 9, i % 3));
      events.add(new Event.Row(1, RowKind.INSERT, right.get(i)));
    }
    for (int i = 0; i < 150; i++) {
      events.add(new Event.Row(0, RowKind.DELETE, left.remove(i % left.size())));
    }
    for (int i = 0; i < 190; i++) {
      events.add(new Event.Row(1, RowKind.DELETE, right.remove(i % right.size())));
    }
    JoinSpec spec = spec(type, each);
    harness(spec, each).check(events, JoinRows.join(spec, left, right, matches(each)), 11);
  }

  /** Updates by key come without the row before. */
  @Test
  void rowOfAUniqueKeyIsReplaced() {
    Case each = new Case(List.of(ID), true, BY_ID, false);
    List<Object> right = List.of(1L, "r", 0);
    List<Event> events =
        List.of(
            new Event.Row(0, RowKind.INSERT, List.of(1L, "a", 0)),
            new Event.Row(0, RowKind.UPDATE_AFTER, List.of(1L, "b", 0)),
            new Event.Row(1, RowKind.INSERT, right),
            new Event.Row(0, RowKind.UPDATE_AFTER, List.of(1L, "c", 0)));
    assertThat(harness(spec(JoinType.INNER, each), each).changelog(events, 1))
        .containsExactly(
            Map.entry(RowKind.INSERT, List.of(1L, "b", 0, 1L, "r", 0)),
            Map.entry(RowKind.UPDATE_AFTER, List.of(1L, "c", 0, 1L, "r", 0)));
  }

  /** Each row by itself, counted from when it was written. */
  @ParameterizedTest
  @EnumSource(names = {"INNER", "FULL"})
  void rowsExpire(JoinType type) {
    for (Side side : List.of(new Side(List.of(), 1000), new Side(List.of(ID), 1000))) {
      Case each = new Case(List.of(K), true, side, false);
      List<Object> early = List.of(1L, "a", 0);
      List<Object> late = List.of(2L, "a", 0);
      List<Object> right = List.of(3L, "a", 0);
      List<Event> events =
          List.of(
              new Event.Row(0, RowKind.INSERT, early),
              new Event.Time(700),
              new Event.Row(0, RowKind.INSERT, late),
              new Event.Time(700),
              new Event.Row(1, RowKind.INSERT, right));
      List<List<Object>> expected = new ArrayList<>();
      expected.add(List.of(2L, "a", 0, 3L, "a", 0));
      if (type == JoinType.FULL) {
        expected.add(Arrays.asList(1L, "a", 0, null, null, null));
      }
      harness(spec(type, each), each).check(events, expected, 5);
    }
  }

  /** The inputs number their keys together, but only one of them has them all. */
  @Test
  void rowsOfFewOfTheKeysExpire() {
    Side side = new Side(List.of(ID), 1000);
    Case each = new Case(List.of(ID), true, side, false);
    List<Event> events = new ArrayList<>();
    for (long id = 0; id < 100; id++) {
      events.add(new Event.Row(0, RowKind.INSERT, List.of(id, "l", 0)));
    }
    events.add(new Event.Row(1, RowKind.INSERT, List.of(0L, "r", 0)));
    events.add(new Event.Time(2000));
    events.add(new Event.Row(1, RowKind.INSERT, List.of(7L, "r", 0)));
    harness(spec(JoinType.INNER, each), each)
        .check(events, List.of(List.of(0L, "l", 0, 0L, "r", 0)), 17);
  }

  @Test
  void outerJoinTakesPaddingBackWithTheFirstMatch() {
    Case each = new Case(List.of(K), true, NO_KEY, false);
    List<Object> left = List.of(1L, "a", 0);
    List<Object> right = List.of(2L, "a", 0);
    List<Event> events =
        List.of(
            new Event.Row(0, RowKind.INSERT, left),
            new Event.Row(1, RowKind.INSERT, right),
            new Event.Row(1, RowKind.INSERT, right),
            new Event.Row(1, RowKind.DELETE, right),
            new Event.Row(1, RowKind.DELETE, right));
    List<Object> padded = Arrays.asList(1L, "a", 0, null, null, null);
    List<Object> joined = List.of(1L, "a", 0, 2L, "a", 0);
    assertThat(harness(spec(JoinType.LEFT, each), each).changelog(events, 7))
        .containsExactly(
            Map.entry(RowKind.INSERT, padded),
            Map.entry(RowKind.DELETE, padded),
            Map.entry(RowKind.INSERT, joined),
            Map.entry(RowKind.INSERT, joined),
            Map.entry(RowKind.DELETE, joined),
            Map.entry(RowKind.DELETE, joined),
            Map.entry(RowKind.INSERT, padded));
  }
}
