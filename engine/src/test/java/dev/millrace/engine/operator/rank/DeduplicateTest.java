package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.Operator;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are (key, row time, value). */
class DeduplicateTest {
  private static final List<DataType> TYPES =
      List.of(DataType.string(), DataType.of(TypeRoot.TIMESTAMP, 3), DataType.of(TypeRoot.INT));
  private static final DataType ROW =
      DataType.row(
          List.of(
              new Field("k", TYPES.get(0)),
              new Field("t", TYPES.get(1)),
              new Field("v", TYPES.get(2))));
  private static final int ROWTIME = 1;
  private static final long TTL = 10_000;

  @ParameterizedTest
  @CsvSource({
    "1, true, true",
    "1, true, false",
    "1, false, true",
    "1, false, false",
    "-1, true, true",
    "-1, true, false"
  })
  void keepsFirstOrLast(int rowtime, boolean last, boolean updateBefore) {
    Deduplicate.Spec spec = new Deduplicate.Spec(TYPES, List.of(0), rowtime, last, updateBefore, 0);
    long seed = Long.getLong("millrace.random.seed", 401);
    for (int n = 0; n < 12; n++) {
      List<Event> events = rows(new Random(seed + n));
      Map<Object, List<Object>> kept = new HashMap<>();
      for (Event event : events) {
        List<Object> row = ((Event.Row) event).values();
        kept.merge(row.get(0), row, (old, now) -> wins(old, now, rowtime, last) ? now : old);
      }
      harness(() -> new Deduplicate(spec), updateBefore ? null : List.of(0))
          .checkRandom(events, List.copyOf(kept.values()), seed + n);
    }
  }

  private static boolean wins(List<Object> old, List<Object> now, int rowtime, boolean last) {
    if (rowtime < 0) {
      return last;
    }
    int sign = ((LocalDateTime) now.get(rowtime)).compareTo((LocalDateTime) old.get(rowtime));
    return last ? sign >= 0 : sign < 0;
  }

  @Test
  void letsOnlyTheFirstRowPass() {
    long seed = Long.getLong("millrace.random.seed", 402);
    for (int n = 0; n < 12; n++) {
      List<Event> events = rows(new Random(seed + n));
      Map<Object, List<Object>> kept = new HashMap<>();
      events.forEach(
          event -> {
            List<Object> row = ((Event.Row) event).values();
            kept.putIfAbsent(row.get(0), row);
          });
      harness(() -> new FirstArrivals(List.of(0), List.of(TYPES.get(0)), 0), null)
          .checkRandom(events, List.copyOf(kept.values()), seed + n);
    }
  }

  @Test
  void emitsTheFirstInTimeOnceTheWatermarkHasReachedIt() {
    Deduplicate.Spec spec = new Deduplicate.Spec(TYPES, List.of(0), ROWTIME, false, false, 0);
    long seed = Long.getLong("millrace.random.seed", 403);
    for (int n = 0; n < 12; n++) {
      Random random = new Random(seed + n);
      List<Event> events = new ArrayList<>();
      long watermark = 0;
      for (Event row : rows(random)) {
        events.add(row);
        if (random.nextInt(8) == 0) {
          watermark += random.nextInt(20);
          events.add(new Event.Watermark(0, watermark));
        }
      }
      harness(() -> new FirstInTime(spec), null).checkRandom(events, firstInTime(events), seed + n);
    }
  }

  private static List<List<Object>> firstInTime(List<Event> events) {
    Map<Object, List<Object>> waiting = new HashMap<>();
    Set<Object> emitted = new HashSet<>();
    List<List<Object>> result = new ArrayList<>();
    long watermark = Watermarks.NONE;
    List<Event> all = new ArrayList<>(events);
    all.add(new Event.Watermark(0, Watermarks.END));
    for (Event event : all) {
      if (event instanceof Event.Row change) {
        List<Object> row = change.values();
        if (millis(row) >= watermark && !emitted.contains(row.get(0))) {
          waiting.merge(row.get(0), row, (old, now) -> millis(now) < millis(old) ? now : old);
        }
      } else if (event instanceof Event.Watermark mark) {
        watermark = mark.timestamp();
        for (List<Object> row : List.copyOf(waiting.values())) {
          if (millis(row) <= watermark) {
            result.add(row);
            emitted.add(row.get(0));
            waiting.remove(row.get(0));
          }
        }
      }
    }
    return result;
  }

  @Test
  void forgetsKeysWhoseTimeIsOver() {
    Deduplicate.Spec spec = new Deduplicate.Spec(TYPES, List.of(0), -1, true, true, TTL);
    List<Event> events =
        List.of(
            row("a", 1, 1),
            new Event.Time(TTL - 1),
            row("a", 1, 2),
            new Event.Time(TTL),
            row("a", 1, 3));
    harness(() -> new Deduplicate(spec), null)
        .check(events, List.of(values("a", 1, 2), values("a", 1, 3)), 404);
    harness(() -> new FirstArrivals(List.of(0), List.of(TYPES.get(0)), TTL), null)
        .check(events, List.of(values("a", 1, 1), values("a", 1, 2 + 1)), 405);
  }

  private static OperatorHarness harness(Supplier<Operator> operator, List<Integer> upsertKey) {
    return new OperatorHarness(operator, List.of(new Input(ROW, List.of(0))), ROW, upsertKey);
  }

  private static List<Event> rows(Random random) {
    List<Event> rows = new ArrayList<>();
    for (int i = random.nextInt(200); i > 0; i--) {
      String key = random.nextInt(9) == 0 ? null : "k" + random.nextInt(12);
      rows.add(row(key, random.nextInt(60), random.nextInt(5)));
    }
    return rows;
  }

  private static Event row(String key, long millis, int value) {
    return new Event.Row(0, RowKind.INSERT, values(key, millis, value));
  }

  private static List<Object> values(String key, long millis, int value) {
    return Arrays.asList(
        key, LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC), value);
  }

  private static long millis(List<Object> row) {
    return ((LocalDateTime) row.get(ROWTIME)).toInstant(ZoneOffset.UTC).toEpochMilli();
  }
}
