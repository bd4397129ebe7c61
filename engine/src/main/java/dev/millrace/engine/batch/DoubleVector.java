package dev.millrace.engine.batch;

/** A vector of {@code double} values: DOUBLE. */
public final class DoubleVector extends Vector {
  private final double[] values;

  public DoubleVector(int size, double[] values, boolean[] nulls) {
    super(size, nulls);
    this.values = values;
  }

  public double[] values() {
    return values;
  }

  @Override
  public DoubleVector take(int[] positions, int count) {
    double[] taken = new double[count];
    double[] from = values;
    for (int i = 0; i < count; i++) {
      taken[i] = from[positions[i]];
    }
    return new DoubleVector(count, taken, takeNulls(positions, count));
  }

  @Override
  public DoubleVector withNulls(boolean[] newNulls) {
    return new DoubleVector(size(), values, newNulls);
  }
}
