package dev.millrace.engine.operator.rank;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.BooleanVector;
import dev.millrace.engine.batch.IntVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.RowKind;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.expression.EvaluationContext;
import dev.millrace.engine.expression.Expression;
import dev.millrace.engine.operator.OperatorHarness;
import dev.millrace.engine.operator.OperatorHarness.Event;
import dev.millrace.engine.operator.OperatorHarness.Input;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.DataType.Field;
import dev.millrace.engine.type.TypeRoot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows are (key, value); deletions know the key only. */
class ChangelogNormalizeTest {
  private static final List<DataType> TYPES = List.of(DataType.string(), DataType.of(TypeRoot.INT));
  private static final DataType ROW =
      DataType.row(List.of(new Field("k", TYPES.get(0)), new Field("v", TYPES.get(1))));
  private static final List<RowKind> KINDS = List.of(RowKind.values());
  private static final int LIMIT = 3;
  private static final long TTL = 10_000;

  /** Whether the value is less than {@link #LIMIT}; null does not pass. */
  private static final class Small implements Expression {
    @Override
    public DataType type() {
      return DataType.of(TypeRoot.BOOLEAN);
    }

    @Override
    public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
      IntVector values = (IntVector) batch.column(1);
      boolean[] small = new boolean[rows.count()];
      boolean[] nulls = new boolean[rows.count()];
      for (int i = 0; i < small.length; i++) {
        nulls[i] = values.isNull(rows.get(i));
        small[i] = values.values()[rows.get(i)] < LIMIT;
      }
      return new BooleanVector(small.length, small, nulls);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, false", "false, false", "true, true", "false, true"})
  void keepsTheLastRowOfEachKey(boolean updateBefore, boolean filtered) {
    long seed = Long.getLong("millrace.random.seed", 601);
    for (int n = 0; n < 25; n++) {
      List<Event> events = upserts(new Random(seed + n));
      Map<Object, List<Object>> kept = new HashMap<>();
      for (Event event : events) {
        Event.Row change = (Event.Row) event;
        Integer value = (Integer) change.values().get(1);
        boolean passes = !filtered || (value != null && value < LIMIT);
        if (isAdded(change.kind()) && passes) {
          kept.put(change.values().get(0), change.values());
        } else {
          kept.remove(change.values().get(0));
        }
      }
      harness(updateBefore, filtered ? new Small() : null, 0)
          .checkRandom(events, List.copyOf(kept.values()), seed + n);
    }
  }

  @Test
  void passesOverWhatIsThereAlreadyAndWhatIsNot() {
    List<Event> events =
        List.of(
            row(RowKind.DELETE, "a", null),
            row(RowKind.UPDATE_AFTER, "a", 1),
            row(RowKind.INSERT, "a", 1),
            row(RowKind.UPDATE_AFTER, "a", 2),
            row(RowKind.UPDATE_BEFORE, "a", null),
            row(RowKind.DELETE, "a", null));
    assertThat(harness(true, null, 0).changelog(events, 1))
        .containsExactly(
            Map.entry(RowKind.INSERT, List.of("a", 1)),
            Map.entry(RowKind.UPDATE_BEFORE, List.of("a", 1)),
            Map.entry(RowKind.UPDATE_AFTER, List.of("a", 2)),
            Map.entry(RowKind.DELETE, List.of("a", 2)));
  }

  @Test
  void forgetsRowsWhoseTimeIsOver() {
    List<Event> events =
        List.of(
            row(RowKind.INSERT, "a", 1),
            new Event.Time(TTL - 1),
            row(RowKind.INSERT, "a", 1),
            new Event.Time(TTL - 1),
            row(RowKind.INSERT, "a", 2),
            new Event.Time(TTL),
            row(RowKind.DELETE, "a", null),
            row(RowKind.INSERT, "a", 3));
    harness(true, null, TTL).check(events, List.of(List.of("a", 2), List.of("a", 3)), 602);
    assertThat(harness(false, null, TTL).changelog(events, 1))
        .as("rows that stay as they are keep those of a consumer alive")
        .startsWith(
            Map.entry(RowKind.INSERT, List.of("a", 1)),
            Map.entry(RowKind.UPDATE_AFTER, List.of("a", 1)));
  }

  private static OperatorHarness harness(boolean updateBefore, Expression filter, long ttl) {
    ChangelogNormalize.Spec spec =
        new ChangelogNormalize.Spec(TYPES, List.of(0), updateBefore, ttl);
    return new OperatorHarness(
        () -> new ChangelogNormalize(spec, filter),
        List.of(new Input(ROW, List.of(0))),
        ROW,
        updateBefore ? null : List.of(0));
  }

  private static List<Event> upserts(Random random) {
    List<Event> events = new ArrayList<>();
    for (int i = random.nextInt(200); i > 0; i--) {
      String key = random.nextInt(9) == 0 ? null : "k" + random.nextInt(12);
      RowKind kind = KINDS.get(random.nextInt(KINDS.size()));
      boolean valued = isAdded(kind) && random.nextInt(9) > 0;
      events.add(row(kind, key, valued ? random.nextInt(6) : null));
    }
    return events;
  }

  private static boolean isAdded(RowKind kind) {
    return kind == RowKind.INSERT || kind == RowKind.UPDATE_AFTER;
  }

  private static Event row(RowKind kind, String key, Integer value) {
    return new Event.Row(0, kind, Arrays.asList(key, value));
  }
}
