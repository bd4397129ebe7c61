package dev.millrace.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BatchBuilder;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SearchTest {
  private static final DataType INT = DataType.of(TypeRoot.INT);
  private static final DataType STRING = DataType.string();

  @Test
  void findsPointsInSetsOfAnySize() {
    long seed = Long.getLong("millrace.random.seed", 42);
    Random random = new Random(seed);
    for (int size = 1; size < 200; size += 7) {
      List<Object> points = new ArrayList<>();
      random.ints(size, -1000, 1000).forEach(points::add);
      Integer[] values = new Integer[300];
      Arrays.setAll(values, i -> random.nextInt(-1000, 1000));
      List<Boolean> expected = Arrays.stream(values).map(points::contains).toList();
      assertThat(search(INT, points(points), NullAs.UNKNOWN, (Object[]) values))
          .as("size %d, seed %d", size, seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void findsStringsByTheirBytes() {
    List<SearchRange> points = points(List.of("", "a", "\uD83D\uDE00", "ab"));
    assertThat(search(STRING, points, NullAs.UNKNOWN, "a", "b", "", "\uD83D\uDE00", null, "abc"))
        .containsExactly(true, false, true, true, null, false);
  }

  @Test
  void takesTheGapsBetweenRangesForExcludedPoints() {
    List<SearchRange> notOneOrTwo =
        List.of(
            new SearchRange(null, false, 1, false),
            new SearchRange(1, false, 2, false),
            new SearchRange(2, false, null, false));
    assertThat(search(INT, notOneOrTwo, NullAs.UNKNOWN, 0, 1, 2, 3, null))
        .containsExactly(true, false, false, true, null);
  }

  @Test
  void honoursTheBoundsOfRanges() {
    List<SearchRange> ranges =
        List.of(
            new SearchRange(null, false, -5, true),
            new SearchRange(1, false, 3, true),
            new SearchRange(7, true, 7, true),
            new SearchRange(10, true, 12, false));
    assertThat(search(INT, ranges, NullAs.UNKNOWN, -6, -5, -4, 1, 2, 3, 4, 7, 10, 12))
        .containsExactly(true, true, false, false, true, true, false, true, true, false);
  }

  @Test
  void aRangeWithoutBoundsHoldsEverything() {
    List<SearchRange> all = List.of(new SearchRange(null, false, null, false));
    assertThat(search(INT, all, NullAs.FALSE, 1, null)).containsExactly(true, false);
  }

  @Test
  void answersForNullAsTold() {
    List<SearchRange> points = points(List.of(1));
    assertThat(search(INT, points, NullAs.TRUE, 1, 2, null)).containsExactly(true, false, true);
    assertThat(search(INT, points, NullAs.FALSE, 1, 2, null)).containsExactly(true, false, false);
    assertThat(search(INT, points, NullAs.UNKNOWN, 1, 2, null)).containsExactly(true, false, null);
  }

  private static List<SearchRange> points(List<?> values) {
    List<SearchRange> ranges = new ArrayList<>();
    values.forEach(value -> ranges.add(new SearchRange(value, true, value, true)));
    return ranges;
  }

  private static List<Boolean> search(
      DataType type, List<SearchRange> ranges, NullAs nullAs, Object... values) {
    BatchBuilder builder = new BatchBuilder(DataType.row(List.of(new DataType.Field("x", type))));
    for (Object value : values) {
      Values.append(builder.column(0), type, value);
      builder.endRow();
    }
    Batch batch = builder.build();
    Search search = new Search(new InputRef(0, type), ranges, nullAs);
    Vector found =
        search.evaluate(
            batch,
            Positions.all(values.length),
            new EvaluationContext(ZoneOffset.UTC, Clock.SYSTEM));
    List<Boolean> answers = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      answers.add((Boolean) Values.get(found, search.type(), i));
    }
    return answers;
  }
}
