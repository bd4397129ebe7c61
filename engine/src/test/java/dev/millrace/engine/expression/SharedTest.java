package dev.millrace.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.time.Clock;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedTest {
  private static final EvaluationContext CONTEXT =
      new EvaluationContext(ZoneOffset.UTC, Clock.SYSTEM);

  /** The input column, with a note of which rows were computed. */
  private static final class Recorder implements Expression {
    private final List<Integer> computed = new ArrayList<>();

    @Override
    public DataType type() {
      return DataType.of(TypeRoot.BIGINT);
    }

    @Override
    public Vector evaluate(Batch batch, Positions rows, EvaluationContext context) {
      IntStream.range(0, rows.count()).forEach(i -> computed.add(rows.get(i)));
      return rows.take(batch.column(0));
    }
  }

  private final Recorder recorder = new Recorder();
  private final Shared shared = new Shared(recorder);

  private static Batch batch(Random random, int rows) {
    return new Batch(rows, new LongVector(rows, random.longs(rows).toArray(), null));
  }

  @Test
  void givesTheValuesOfAnyRowsInAnyOrderOfAsking() {
    long seed = Long.getLong("shared.seed", 3);
    Random random = new Random(seed);
    for (int n = 0; n < 500; n++) {
      int count = 1 + random.nextInt(50);
      Batch batch = batch(random, count);
      for (int asked = 0; asked < 4; asked++) {
        Positions rows = positions(random, count);
        LongVector values = (LongVector) shared.evaluate(batch, rows, CONTEXT);
        for (int i = 0; i < rows.count(); i++) {
          assertThat(values.values()[i])
              .as("seed %d", seed)
              .isEqualTo(((LongVector) batch.column(0)).values()[rows.get(i)]);
        }
      }
    }
  }

  private static Positions positions(Random random, int count) {
    if (random.nextInt(3) == 0) {
      return Positions.all(count);
    }
    int[] rows = IntStream.range(0, count).filter(i -> random.nextBoolean()).toArray();
    return Positions.of(rows, rows.length);
  }

  @Test
  void computesEachRowOnce() {
    Batch batch = batch(new Random(1), 5);
    shared.evaluate(batch, Positions.of(new int[] {1, 2, 4}, 3), CONTEXT);
    shared.evaluate(batch, Positions.of(new int[] {2, 4}, 2), CONTEXT);
    assertThat(recorder.computed).containsExactly(1, 2, 4);
  }

  @Test
  void neverComputesARowThatWasNotAskedFor() {
    Batch batch = batch(new Random(1), 5);
    shared.evaluate(batch, Positions.of(new int[] {1}, 1), CONTEXT);
    shared.evaluate(batch, Positions.of(new int[] {1, 3}, 2), CONTEXT);
    assertThat(recorder.computed).containsExactly(1, 1, 3);
  }
}
