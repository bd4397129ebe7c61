package dev.millrace.engine.function;

import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import java.util.Arrays;

/** A column put together from parts that were each computed at some of its positions. */
final class Choice {
  private final Positions rows;
  private final Vector[] parts;
  private final int[] counts;
  private final int[] order;
  private int partCount;
  private int size;

  /** A column for these rows, of up to {@code maxParts} parts. */
  Choice(int maxParts, Positions rows) {
    this.rows = rows;
    this.parts = new Vector[maxParts];
    this.counts = new int[maxParts];
    this.order = new int[rows.count()];
  }

  /** The rows at the first {@code count} of {@code positions}, where to compute a part. */
  Positions rows(int[] positions, int count) {
    return count == order.length ? rows : rows.compose(positions, count);
  }

  /** Puts the first {@code count} values of a part at these positions, ascending. */
  void add(Vector part, int[] positions, int count) {
    parts[partCount] = part;
    counts[partCount++] = count;
    for (int j = 0; j < count; j++) {
      order[positions[j]] = size++;
    }
  }

  /** The column, once every position has its part. */
  Vector build() {
    if (partCount == 1) {
      return parts[0];
    }
    Vector all = Vectors.concat(Arrays.copyOf(parts, partCount), Arrays.copyOf(counts, partCount));
    return all.take(order, order.length);
  }
}
