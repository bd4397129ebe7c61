package dev.millrace.engine.aggregate;

import dev.millrace.engine.batch.DoubleVector;
import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.kernel.NumericArrays;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;
import java.util.List;

/**
 * $WELFORD_M2: the sum of the squares of the values' distances from their mean, from which plans
 * compute variances and standard deviations; null if there is no value. 24 bytes per group.
 *
 * <p>Welford, "Note on a Method for Calculating Corrected Sums of Squares and Products", 1962, with
 * Flink's order of operations; partial results are combined as by Chan, Golub and LeVeque, 1979.
 */
final class Welford implements Accumulator {
  private final DataType argument;
  private long[] counts = {};
  private double[] means = {};
  private double[] squares = {};

  Welford(DataType argument) {
    this.argument = argument;
  }

  @Override
  public List<DataType> stateTypes() {
    DataType number = DataType.of(TypeRoot.DOUBLE).withNullable(false);
    return List.of(DataType.of(TypeRoot.BIGINT).withNullable(false), number, number);
  }

  @Override
  public void reserve(int limit) {
    counts = Arrays.copyOf(counts, limit);
    means = Arrays.copyOf(means, limit);
    squares = Arrays.copyOf(squares, limit);
  }

  @Override
  public void clear(int group) {
    counts[group] = 0;
    means[group] = 0;
    squares[group] = 0;
  }

  @Override
  public void add(Vector[] arguments, GroupedRows rows) {
    double[] values = NumericArrays.doubles(arguments[0], argument, arguments[0].size());
    boolean[] nulls = arguments[0].nulls();
    for (int i = 0; i < rows.count(); i++) {
      int row = rows.rows()[i];
      if (nulls == null || !nulls[row]) {
        if (rows.isRetract(i)) {
          retract(rows.groups()[i], values[row]);
        } else {
          add(rows.groups()[i], values[row]);
        }
      }
    }
  }

  private void add(int group, double value) {
    long count = ++counts[group];
    if (count > 0) {
      double before = value - means[group];
      means[group] += before / count;
      squares[group] += before * (value - means[group]);
    }
  }

  private void retract(int group, double value) {
    long count = --counts[group];
    if (count > 0) {
      double after = value - means[group];
      means[group] -= after / count;
      squares[group] -= (value - means[group]) * after;
    } else if (count == 0) {
      clear(group);
    }
  }

  @Override
  public void merge(Vector[] state, int[] rows, int[] groups, int count) {
    long[] otherCounts = ((LongVector) state[0]).values();
    double[] otherMeans = ((DoubleVector) state[1]).values();
    double[] otherSquares = ((DoubleVector) state[2]).values();
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      merge(groups[i], otherCounts[row], otherMeans[row], otherSquares[row]);
    }
  }

  private void merge(int group, long otherCount, double otherMean, double otherSquares) {
    if (otherCount <= 0) {
      counts[group] += otherCount;
      if (counts[group] <= 0) {
        means[group] = 0;
        squares[group] = 0;
      }
    } else if (counts[group] == 0) {
      counts[group] = otherCount;
      means[group] = otherMean;
      squares[group] = otherSquares;
    } else {
      double count = counts[group];
      long total = counts[group] + otherCount;
      double distance = otherMean - means[group];
      means[group] = means[group] + (double) otherCount / total * distance;
      squares[group] =
          squares[group] + otherSquares + count * otherCount / total * distance * distance;
      counts[group] = total;
    }
  }

  @Override
  public Vector[] state(int[] groups, int count) {
    long[] outCounts = new long[count];
    double[] outMeans = new double[count];
    double[] outSquares = new double[count];
    for (int i = 0; i < count; i++) {
      outCounts[i] = counts[groups[i]];
      outMeans[i] = means[groups[i]];
      outSquares[i] = squares[groups[i]];
    }
    return new Vector[] {
      new LongVector(count, outCounts, null),
      new DoubleVector(count, outMeans, null),
      new DoubleVector(count, outSquares, null)
    };
  }

  @Override
  public Vector result(int[] groups, int count) {
    double[] values = new double[count];
    boolean[] nulls = new boolean[count];
    for (int i = 0; i < count; i++) {
      values[i] = squares[groups[i]];
      nulls[i] = counts[groups[i]] <= 0 || values[i] < 0;
    }
    return new DoubleVector(count, values, nulls);
  }

  @Override
  public long bytes() {
    return (long) Long.BYTES * (counts.length + means.length + squares.length);
  }
}
