package dev.millrace.engine.operator.over;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.Changes;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.state.SortColumn;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows are (partition, order, value); the aggregates COUNT(*), SUM(value) and LAG(value), and with
 * {@code inSteps} COUNT(DISTINCT value), which has no running results.
 */
class SortedOverAggregateTest {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final List<DataType> TYPES = List.of(DataType.string(), BIGINT, BIGINT);
  private static final List<Field> FIELDS =
      List.of(
          new Field("p", TYPES.get(0)), new Field("o", TYPES.get(1)), new Field("v", TYPES.get(2)));
  private static final int ORDER = 1;
  private static final int VALUE = 2;
  private static final long TTL = 50;

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void changes(boolean isRows, boolean inSteps) {
    long seed = Long.getLong("millrace.random.seed", 701);
    for (int n = 0; n < 25; n++) {
      Random random = new Random(seed + n);
      Changes changes = new Changes(0, random, () -> row(random));
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(150); i > 0; i--) {
        changes.change(events);
      }
      harness(List.of(0), isRows, inSteps, 0)
          .checkRandom(events, expected(events, isRows, inSteps, 0), seed + n);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void withoutPartitions(boolean isRows) {
    long seed = Long.getLong("millrace.random.seed", 702);
    for (int n = 0; n < 10; n++) {
      Random random = new Random(seed + n);
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(150); i > 0; i--) {
        List<Object> row = row(random);
        row.set(0, "all");
        events.add(new Event.Row(0, RowKind.INSERT, row));
      }
      harness(List.of(), isRows, false, 0)
          .checkRandom(events, expected(events, isRows, false, 0), seed + n);
    }
  }

  @Test
  void deletesOfNoRow() {
    List<Object> there = Arrays.asList("p", 1L, 10L);
    List<Event> events =
        List.of(
            new Event.Row(0, RowKind.INSERT, there),
            new Event.Row(0, RowKind.DELETE, Arrays.asList("p", 1L, 11L)),
            new Event.Row(0, RowKind.DELETE, Arrays.asList("q", 1L, 11L)),
            new Event.Row(0, RowKind.DELETE, Arrays.asList("p", 2L, 10L)));
    harness(List.of(0), true, false, 0).check(events, expected(events, true, false, 0), 1);
  }

  /** A partition that was not written for its time to live begins anew. */
  @Test
  void timeToLive() {
    long seed = Long.getLong("millrace.random.seed", 703);
    for (int n = 0; n < 20; n++) {
      Random random = new Random(seed + n);
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(100); i > 0; i--) {
        events.add(new Event.Row(0, RowKind.INSERT, row(random)));
        events.add(new Event.Time(random.nextInt(30)));
      }
      harness(List.of(0), false, false, TTL)
          .checkRandom(events, expected(events, false, false, TTL), seed + n);
    }
  }

  private static OperatorHarness harness(
      List<Integer> partition, boolean isRows, boolean inSteps, long ttl) {
    List<AggregateCall> calls = new ArrayList<>();
    calls.add(call("COUNT", List.of(), false));
    calls.add(call("SUM", List.of(VALUE), false));
    calls.add(call("LAG", List.of(VALUE), false));
    if (inSteps) {
      calls.add(call("COUNT", List.of(VALUE), true));
    } else {
      // SUM keeps whether there was a value; $SUM0, as planned for it, is a running result.
      calls.set(1, call("$SUM0", List.of(VALUE), false));
    }
    SortedOverAggregate.Spec spec =
        new SortedOverAggregate.Spec(
            TYPES,
            partition,
            List.of(new SortColumn(ORDER, BIGINT, true, false)),
            isRows,
            calls.stream().map(AggregateCall::type).toList(),
            ttl);
    List<Field> output = new ArrayList<>(FIELDS);
    calls.forEach(call -> output.add(new Field("r" + output.size(), BIGINT)));
    return new OperatorHarness(
        () -> new SortedOverAggregate(spec, new Aggregates(calls), new Constants(List.of())),
        List.of(new Input(DataType.row(FIELDS), partition)),
        DataType.row(output),
        null);
  }

  private static AggregateCall call(String function, List<Integer> arguments, boolean distinct) {
    List<DataType> types = arguments.stream().map(TYPES::get).toList();
    return new AggregateCall(function, arguments, types, -1, distinct, false, false, BIGINT);
  }

  private static List<Object> row(Random random) {
    return Arrays.asList(
        random.nextInt(9) == 0 ? null : "p" + random.nextInt(3),
        random.nextInt(9) == 0 ? null : (long) random.nextInt(12),
        random.nextInt(5) == 0 ? null : (long) random.nextInt(9) - 4);
  }

  /** Every row ever added to a partition with what its frame is in the end. */
  private static List<List<Object>> expected(
      List<Event> events, boolean isRows, boolean inSteps, long ttl) {
    Map<Object, List<List<Object>>> partitions = new HashMap<>();
    Map<Object, Long> written = new HashMap<>();
    List<List<Object>> result = new ArrayList<>();
    long now = 0;
    for (Event event : events) {
      if (event instanceof Event.Time time) {
        now += time.millis();
      } else if (event instanceof Event.Row change) {
        Object key = change.values().get(0);
        if (ttl > 0 && now - written.getOrDefault(key, now) >= ttl) {
          addFrames(partitions.remove(key), isRows, inSteps, result);
        }
        written.put(key, now);
        List<List<Object>> rows = partitions.computeIfAbsent(key, k -> new ArrayList<>());
        if (change.kind() == RowKind.INSERT || change.kind() == RowKind.UPDATE_AFTER) {
          rows.add(change.values());
        } else {
          rows.remove(change.values());
        }
      }
    }
    partitions.values().forEach(rows -> addFrames(rows, isRows, inSteps, result));
    return result;
  }

  private static void addFrames(
      List<List<Object>> rows, boolean isRows, boolean inSteps, List<List<Object>> result) {
    Comparator<List<Object>> order =
        Comparator.comparing(
            row -> (Long) row.get(ORDER), Comparator.nullsFirst(Comparator.naturalOrder()));
    List<List<Object>> sorted = new ArrayList<>(rows);
    sorted.sort(order);
    for (int i = 0; i < sorted.size(); i++) {
      int end = i + 1;
      while (!isRows && end < sorted.size() && order.compare(sorted.get(end), sorted.get(i)) == 0) {
        end++;
      }
      List<List<Object>> frame = sorted.subList(0, end);
      List<Object> with = new ArrayList<>(sorted.get(i));
      with.addAll(aggregated(frame, inSteps));
      result.add(with);
    }
  }

  private static List<Object> aggregated(List<List<Object>> frame, boolean inSteps) {
    List<Long> values =
        frame.stream().map(row -> (Long) row.get(VALUE)).filter(Objects::nonNull).toList();
    long sum = values.stream().mapToLong(Long::longValue).sum();
    List<Object> results = new ArrayList<>();
    results.add((long) frame.size());
    results.add(inSteps && values.isEmpty() ? null : (Object) sum);
    results.add(frame.size() < 2 ? null : frame.get(frame.size() - 2).get(VALUE));
    if (inSteps) {
      results.add(values.stream().distinct().count());
    }
    return results;
  }
}
