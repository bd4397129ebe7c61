package dev.millrace.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WelfordTest {
  private static final int[] GROUP = {0};

  private final long seed = Long.getLong("millrace.random.seed", 3);
  private final double[] values = new Random(seed).doubles(50, -100, 100).toArray();

  private static Welford welford() {
    Welford welford = new Welford(DataType.of(TypeRoot.DOUBLE));
    welford.reserve(1);
    return welford;
  }

  private static void change(Welford welford, double[] values, boolean retract) {
    boolean[] retracts = new boolean[values.length];
    Arrays.fill(retracts, retract);
    int[] rows = IntStream.range(0, values.length).toArray();
    welford.add(
        new Vector[] {new DoubleVector(values.length, values, null)},
        new GroupedRows(values.length, rows, new int[values.length], retracts));
  }

  private static double squares(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }

  private void assertSquares(Welford welford, double[] of) {
    DoubleVector result = (DoubleVector) welford.result(GROUP, 1);
    assertThat(result.values()[0]).as("seed %d", seed).isCloseTo(squares(of), within(1e-8));
  }

  @Test
  void sumsUpSquaresOfDistances() {
    Welford welford = welford();
    change(welford, values, false);
    assertSquares(welford, values);
  }

  @Test
  void takesValuesBack() {
    Welford welford = welford();
    change(welford, values, false);
    change(welford, Arrays.copyOfRange(values, 20, 50), true);
    assertSquares(welford, Arrays.copyOf(values, 20));
    change(welford, Arrays.copyOf(values, 20), true);
    assertThat(welford.result(GROUP, 1).isNull(0)).isTrue();
  }

  @Test
  void mergesPartialResults() {
    Welford one = welford();
    change(one, Arrays.copyOf(values, 30), false);
    Welford other = welford();
    change(other, Arrays.copyOfRange(values, 30, 50), false);
    one.merge(other.state(GROUP, 1), GROUP, GROUP, 1);
    assertSquares(one, values);
  }
}
