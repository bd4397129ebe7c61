package dev.millrace.engine.batch;

/** A vector of {@code float} values: FLOAT. */
public final class FloatVector extends Vector {
  private final float[] values;

  public FloatVector(int size, float[] values, boolean[] nulls) {
    super(size, nulls);
    this.values = values;
  }

  public float[] values() {
    return values;
  }

  @Override
  public FloatVector take(int[] positions, int count) {
    float[] taken = new float[count];
    float[] from = values;
    for (int i = 0; i < count; i++) {
      taken[i] = from[positions[i]];
    }
    return new FloatVector(count, taken, takeNulls(positions, count));
  }

  @Override
  public FloatVector withNulls(boolean[] newNulls) {
    return new FloatVector(size(), values, newNulls);
  }
}
