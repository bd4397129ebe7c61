package dev.millrace.engine.operator.rank;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.operator.rank.Rank.Strategy;
import dev.millrace.engine.state.SortColumn;
import dev.millrace.engine.time.Watermarks;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are (partition, end of the window, value), ordered by value; windows take 10 ms. */
class WindowRankTest {
  private static final DataType BIGINT = DataType.of(TypeRoot.BIGINT);
  private static final List<DataType> TYPES =
      List.of(DataType.string(), DataType.of(TypeRoot.TIMESTAMP, 3), BIGINT, BIGINT);
  private static final int END = 1;
  private static final int VALUE = 2;

  @ParameterizedTest
  @CsvSource({
    "APPEND, 1, 3, true",
    "APPEND, 2, 3, false",
    "APPEND, 1, 1, false",
    "APPEND_NEWEST, 1, 1, false"
  })
  void agreesWithRecomputation(Strategy strategy, int start, int end, boolean rowNumber) {
    Rank.Spec spec =
        new Rank.Spec(
            TYPES,
            List.of(0, END),
            List.of(new SortColumn(VALUE, BIGINT, true, false)),
            strategy,
            List.of(),
            start,
            end,
            -1,
            rowNumber,
            false,
            0);
    long seed = Long.getLong("millrace.random.seed", 701);
    for (int n = 0; n < 15; n++) {
      Random random = new Random(seed + n);
      List<Event> events = new ArrayList<>();
      long watermark = 0;
      for (int i = random.nextInt(200); i > 0; i--) {
        events.add(row(random, watermark, i));
        if (random.nextInt(8) == 0) {
          watermark += random.nextInt(12);
          events.add(new Event.Watermark(0, watermark));
        }
      }
      harness(spec).checkRandom(events, ranked(spec, events), seed + n);
    }
  }

  private static OperatorHarness harness(Rank.Spec spec) {
    List<Field> fields = new ArrayList<>();
    TYPES.forEach(type -> fields.add(new Field("f" + fields.size(), type)));
    DataType input = DataType.row(fields);
    if (spec.rowNumber()) {
      fields.add(new Field("rank", BIGINT));
    }
    return new OperatorHarness(
        () -> new WindowRank(spec, END, ZoneOffset.UTC),
        List.of(new Input(input, List.of(0))),
        DataType.row(fields),
        null);
  }

  private static Event.Row row(Random random, long watermark, long id) {
    long end = (watermark / 10 + random.nextInt(4)) * 10;
    return new Event.Row(
        0,
        RowKind.INSERT,
        Arrays.asList(
            random.nextInt(9) == 0 ? null : "p" + random.nextInt(3),
            LocalDateTime.ofInstant(Instant.ofEpochMilli(end), ZoneOffset.UTC),
            (long) random.nextInt(8),
            id));
  }

  private static long end(List<Object> row) {
    return ((LocalDateTime) row.get(END)).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static List<List<Object>> ranked(Rank.Spec spec, List<Event> events) {
    Map<Object, List<List<Object>>> windows = new HashMap<>();
    long watermark = Watermarks.NONE;
    for (Event event : events) {
      if (event instanceof Event.Watermark mark) {
        watermark = mark.timestamp();
      } else if (event instanceof Event.Row change && end(change.values()) - 1 > watermark) {
        List<Object> row = change.values();
        List<List<Object>> rows =
            windows.computeIfAbsent(row.subList(0, 2), key -> new ArrayList<>());
        rows.add(spec.strategy() == Strategy.APPEND_NEWEST ? 0 : rows.size(), row);
      }
    }
    List<List<Object>> result = new ArrayList<>();
    for (List<List<Object>> rows : windows.values()) {
      rows.sort(Comparator.comparing(row -> (Long) row.get(VALUE)));
      for (int rank = (int) spec.start(); rank <= Math.min(spec.end(), rows.size()); rank++) {
        List<Object> row = new ArrayList<>(rows.get(rank - 1));
        if (spec.rowNumber()) {
          row.add((long) rank);
        }
        result.add(row);
      }
    }
    return result;
  }
}
