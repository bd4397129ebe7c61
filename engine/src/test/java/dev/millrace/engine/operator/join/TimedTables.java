package dev.millrace.engine.operator.join;

import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.LongUnaryOperator;

/** Draws the rows of two inputs with random watermarks, that no row is later than. */
final class TimedTables {
  static final DataType ROW =
      DataType.row(
          List.of(
              new Field("k", DataType.string()),
              new Field("v", DataType.of(TypeRoot.INT)),
              new Field("ts", DataType.of(TypeRoot.TIMESTAMP, 3))));
  static final int K = 0;
  static final int V = 1;
  static final int TIME = 2;

  final List<Event> events = new ArrayList<>();
  final List<List<List<Object>>> rows = List.of(new ArrayList<>(), new ArrayList<>());

  /** {@code time} makes a row's timestamp of a time; it is not earlier. */
  TimedTables(Random random, LongUnaryOperator time) {
    long[] watermarks = {1000, 1000};
    for (int i = random.nextInt(300); i > 0; i--) {
      int input = random.nextInt(2);
      if (random.nextInt(8) == 0) {
        watermarks[input] += random.nextInt(200);
        events.add(new Event.Watermark(input, watermarks[input]));
      } else {
        long millis = watermarks[input] + 1 + random.nextInt(150);
        List<Object> row =
            Arrays.asList(
                random.nextInt(6) == 0 ? null : "k" + random.nextInt(4),
                random.nextInt(6) == 0 ? null : random.nextInt(4),
                timestamp(time.applyAsLong(millis)));
        rows.get(input).add(row);
        events.add(new Event.Row(input, RowKind.INSERT, row));
      }
    }
  }

  static LocalDateTime timestamp(long millis) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(millis, 1000L), Math.floorMod(millis, 1000) * 1_000_000, ZoneOffset.UTC);
  }

  static long millis(List<Object> row) {
    return ((LocalDateTime) row.get(TIME)).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  static JoinSpec spec(JoinType type, boolean keyed, boolean filterNulls) {
    List<Integer> keys = keyed ? List.of(K) : List.of();
    return new JoinSpec(type, ROW, ROW, keys, keys, keyed ? List.of(filterNulls) : List.of());
  }

  static boolean keysMatch(JoinSpec spec, List<Object> left, List<Object> right) {
    return spec.leftKeys().isEmpty()
        || (Objects.equals(left.get(K), right.get(K))
            && !(spec.filterNulls().get(0) && left.get(K) == null));
  }
}
