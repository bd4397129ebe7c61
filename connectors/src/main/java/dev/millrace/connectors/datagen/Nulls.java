package dev.millrace.connectors.datagen;

/** Decides which rows of a column are null. */
record Nulls(long seed, double rate) {
  /** The null bits of these rows, or null when none is null. */
  boolean[] of(long[] rows, int count) {
    if (rate <= 0) {
      return null;
    }
    boolean[] nulls = new boolean[count];
    for (int i = 0; i < count; i++) {
      nulls[i] = Randomness.unit(Randomness.at(seed, rows[i])) < rate;
    }
    return nulls;
  }
}
