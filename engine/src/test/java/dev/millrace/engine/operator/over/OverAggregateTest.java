package dev.millrace.engine.operator.over;

import dev.millrace.engine.aggregate.AggregateCall;
import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.expression.Literal;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Rows are (partition, time, value); the aggregates COUNT(*), $SUM0(value) (ROWS) or SUM(value)
 * (RANGE), which has no running results, and LAG(value, 2, 7) where no row leaves the frame.
 */
class OverAggregateTest {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final List<DataType> TYPES =
      List.of(DataType.string(), DataType.of(TypeRoot.TIMESTAMP, 3), BIGINT);
  private static final List<Field> FIELDS =
      List.of(
          new Field("p", TYPES.get(0)), new Field("t", TYPES.get(1)), new Field("v", TYPES.get(2)));
  private static final int VALUE = 2;

  /** The types of LAG's arguments: a value, how far back, and the default. */
  private static final List<DataType> CONSTANTS =
      List.of(BIGINT, DataType.of(TypeRoot.INT).withNullable(false), BIGINT);

  private static final long TTL = 50;

  @ParameterizedTest
  @CsvSource({"true, -1", "false, -1", "true, 0", "true, 3", "false, 0", "false, 15"})
  void byRowTime(boolean isRows, long preceding) {
    long seed = Long.getLong("millrace.random.seed", 601);
    for (int n = 0; n < 10; n++) {
      Random random = new Random(seed + n);
      Model model = new Model(isRows, preceding);
      List<Event> events = new ArrayList<>();
      long watermark = 0;
      for (int i = random.nextInt(200); i > 0; i--) {
        Event.Row row = row(random, Math.max(-1, watermark + random.nextInt(40) - 8));
        if (model.isEarlyOrLate(row.values())) {
          events.add(row);
          model.accept(row);
        }
        if (random.nextInt(6) == 0) {
          watermark += random.nextInt(30);
          events.add(new Event.Watermark(0, watermark));
          model.accept(new Event.Watermark(0, watermark));
        }
      }
      harness(1, isRows, preceding, 0).checkRandom(events, model.run(List.of()), seed + n);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, -1", "true, 0", "true, 3", "false, 15"})
  void byProcessingTime(boolean isRows, long preceding) {
    long seed = Long.getLong("millrace.random.seed", 602);
    for (int n = 0; n < 10; n++) {
      Random random = new Random(seed + n);
      List<Event> events = new ArrayList<>();
      List<Event> timed = new ArrayList<>();
      long now = 1;
      for (int i = random.nextInt(200); i > 0; i--) {
        Event.Row row = row(random, now);
        events.add(row);
        int passed = 1 + random.nextInt(10);
        events.add(new Event.Time(passed));
        timed.add(row);
        timed.add(new Event.Watermark(0, now));
        now += passed;
      }
      harness(-1, isRows, preceding, 0)
          .checkRandom(events, new Model(isRows, preceding).run(timed), seed + n);
    }
  }

  /** A partition that was idle for its time to live begins anew. */
  @ParameterizedTest
  @CsvSource({"1, true, -1", "1, false, -1", "1, true, 3", "-1, true, -1", "-1, true, 3"})
  void timeToLive(int rowtime, boolean isRows, long preceding) {
    long seed = Long.getLong("millrace.random.seed", 603);
    for (int n = 0; n < 10; n++) {
      Random random = new Random(seed + n);
      List<Event> events = new ArrayList<>();
      List<List<Object>> expected = new ArrayList<>();
      Map<Object, Long> used = new HashMap<>();
      Map<Object, List<List<Object>>> partitions = new HashMap<>();
      long now = 1;
      for (int i = random.nextInt(100); i > 0; i--) {
        Event.Row row = row(random, now);
        events.add(row);
        events.add(new Event.Watermark(0, now));
        Object key = row.values().get(0);
        if (now - used.getOrDefault(key, now) >= TTL) {
          partitions.remove(key);
        }
        used.put(key, now);
        List<List<Object>> rows = partitions.computeIfAbsent(key, k -> new ArrayList<>());
        rows.add(row.values());
        int from = preceding < 0 ? 0 : (int) Math.max(0, rows.size() - 1 - preceding);
        List<Object> with = new ArrayList<>(row.values());
        with.addAll(aggregated(rows.subList(from, rows.size()), isRows, preceding));
        expected.add(with);
        int passed = 1 + random.nextInt(20);
        events.add(new Event.Time(passed));
        now += passed;
      }
      harness(rowtime, isRows, preceding, TTL).checkRandom(events, expected, seed + n);
    }
  }

  private static OperatorHarness harness(
      int rowtime, boolean isRows, long preceding, long ttlMillis) {
    OverAggregate.Spec spec =
        new OverAggregate.Spec(TYPES, List.of(0), rowtime, isRows, preceding, ttlMillis);
    boolean bounded = preceding >= 0;
    String sum = isRows ? "$SUM0" : "SUM";
    List<AggregateCall> calls = new ArrayList<>();
    calls.add(call("COUNT", List.of(), List.of(), bounded));
    calls.add(call(sum, List.of(VALUE), List.of(BIGINT), bounded));
    if (!bounded) {
      calls.add(call("LAG", List.of(VALUE, VALUE + 1, VALUE + 2), CONSTANTS, false));
    }
    List<Field> output = new ArrayList<>(FIELDS);
    calls.forEach(call -> output.add(new Field("r" + output.size(), BIGINT)));
    return new OperatorHarness(
        () -> new OverAggregate(spec, new Aggregates(calls), constants()),
        List.of(new Input(DataType.row(FIELDS), List.of(0))),
        DataType.row(output),
        null);
  }

  private static AggregateCall call(
      String function, List<Integer> arguments, List<DataType> types, boolean bounded) {
    return new AggregateCall(function, arguments, types, -1, false, bounded, false, BIGINT);
  }

  private static Constants constants() {
    return new Constants(
        List.of(new Literal(CONSTANTS.get(1), 2), new Literal(CONSTANTS.get(2), 7L)));
  }

  private static Event.Row row(Random random, long millis) {
    return new Event.Row(
        0,
        RowKind.INSERT,
        Arrays.asList(
            random.nextInt(9) == 0 ? null : "p" + random.nextInt(4),
            LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC),
            random.nextInt(4) == 0 ? null : (long) random.nextInt(100)));
  }

  private static long millis(List<Object> row) {
    return ((LocalDateTime) row.get(1)).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** All rows of each partition, recomputed at every watermark. */
  private static final class Model {
    private final boolean isRows;
    private final long preceding;
    private final Map<Object, Partition> partitions = new HashMap<>();
    private final List<List<Object>> result = new ArrayList<>();
    private long watermark = Watermarks.NONE;

    Model(boolean isRows, long preceding) {
      this.isRows = isRows;
      this.preceding = preceding;
    }

    private static final class Partition {
      private final List<List<Object>> waiting = new ArrayList<>();
      private final List<List<Object>> emitted = new ArrayList<>();
      private long until;
      private Long forgetAt;
    }

    List<List<Object>> run(List<Event> events) {
      events.forEach(this::accept);
      accept(new Event.Watermark(0, Watermarks.END));
      return result;
    }

    /**
     * Not so are rows that the watermark has passed, but that a bounded frame still takes: they
     * come out at the next watermark, which a restore repeats.
     */
    boolean isEarlyOrLate(List<Object> row) {
      Partition partition = partitions.get(row.get(0));
      return preceding < 0
          || millis(row) > watermark
          || millis(row) <= (partition == null ? 0 : partition.until);
    }

    void accept(Event event) {
      if (event instanceof Event.Row change) {
        add(change.values());
      } else if (event instanceof Event.Watermark mark && mark.timestamp() > watermark) {
        watermark = mark.timestamp();
        partitions.values().forEach(this::emit);
        partitions.values().removeIf(p -> p.forgetAt != null && p.forgetAt <= watermark);
      }
    }

    private void add(List<Object> row) {
      Partition partition = partitions.computeIfAbsent(row.get(0), key -> new Partition());
      long time = millis(row);
      if (preceding < 0 ? time <= watermark : time <= partition.until) {
        return;
      }
      partition.waiting.add(row);
      boolean postpone = partition.forgetAt == null || partition.forgetAt < time + preceding + 1;
      if (preceding >= 0 && !isRows && postpone) {
        partition.forgetAt = time + (long) (preceding * 1.5) + 1;
      }
    }

    private void emit(Partition partition) {
      List<List<Object>> due = new ArrayList<>(partition.waiting);
      due.removeIf(row -> millis(row) > watermark);
      partition.waiting.removeAll(due);
      due.sort((a, b) -> Long.compare(millis(a), millis(b)));
      int first = partition.emitted.size();
      partition.emitted.addAll(due);
      for (int i = first; i < partition.emitted.size(); i++) {
        List<Object> row = partition.emitted.get(i);
        partition.until = millis(row);
        List<Object> with = new ArrayList<>(row);
        with.addAll(aggregated(frame(partition.emitted, i), isRows, preceding));
        result.add(with);
      }
    }

    private List<List<Object>> frame(List<List<Object>> rows, int place) {
      if (isRows) {
        return rows.subList(preceding < 0 ? 0 : (int) Math.max(0, place - preceding), place + 1);
      }
      long time = millis(rows.get(place));
      return rows.stream()
          .filter(r -> millis(r) <= time && (preceding < 0 || millis(r) >= time - preceding))
          .toList();
    }
  }

  private static List<Object> aggregated(List<List<Object>> frame, boolean isRows, long preceding) {
    List<Long> values =
        frame.stream().map(row -> (Long) row.get(VALUE)).filter(Objects::nonNull).toList();
    long sum = values.stream().mapToLong(Long::longValue).sum();
    List<Object> results = new ArrayList<>();
    results.add((long) frame.size());
    results.add(values.isEmpty() && !isRows ? null : (Object) sum);
    if (preceding < 0) {
      results.add(frame.size() < 3 ? 7L : frame.get(frame.size() - 3).get(VALUE));
    }
    return results;
  }
}
