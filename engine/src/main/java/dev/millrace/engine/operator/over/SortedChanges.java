package dev.millrace.engine.operator.over;

import java.util.Arrays;

/**
 * Applies the rows of a batch to {@link SortedPartitions} and remembers what the touched partitions
 * were before: as little as needs be, so that rows that come behind all others cost no copy.
 */
final class SortedChanges {
  private final SortedPartitions partitions;
  private final int[] touched;

  /** Of each touched partition its rows before the batch; a copy once they have been moved. */
  private final int[][] before;

  private final int[] countsBefore;
  private final boolean[] copied;

  /** The first place that has changed. */
  private final int[] first;

  SortedChanges(SortedPartitions partitions, int[] touched) {
    this.partitions = partitions;
    this.touched = touched;
    this.before = new int[touched.length][];
    this.countsBefore = new int[touched.length];
    this.copied = new boolean[touched.length];
    this.first = new int[touched.length];
    Arrays.fill(first, Integer.MAX_VALUE);
    for (int i = 0; i < touched.length; i++) {
      before[i] = partitions.addresses(touched[i]);
      countsBefore[i] = partitions.count(touched[i]);
    }
  }

  /** Adds a row at hand to the partition that is touched as number {@code i}, or takes it back. */
  void apply(int i, int row, boolean added) {
    int partition = touched[i];
    int place = added ? partitions.placeToAdd(partition, row) : partitions.placeOf(partition, row);
    if (place < 0) {
      return;
    }
    if (place < countsBefore[i] && !copied[i]) {
      before[i] = Arrays.copyOf(before[i], countsBefore[i]);
      copied[i] = true;
    }
    first[i] = Math.min(first[i], place);
    if (added) {
      partitions.add(partition, place, row);
    } else {
      partitions.remove(partition, place);
    }
  }

  boolean isChanged(int i) {
    return first[i] < Integer.MAX_VALUE;
  }

  /** The addresses of the rows before the batch. */
  int[] before(int i) {
    return before[i];
  }

  int countBefore(int i) {
    return countsBefore[i];
  }

  int[] after(int i) {
    return partitions.addresses(touched[i]);
  }

  int countAfter(int i) {
    return partitions.count(touched[i]);
  }

  /** The first place whose frame may have changed: with RANGE that of the first tied row. */
  int first(int i, boolean isRows) {
    int place = first[i];
    int from = place;
    while (!isRows
        && from > 0
        && (isTied(before[i], countsBefore[i], from, place)
            || isTied(after(i), countAfter(i), from, place))) {
      from--;
    }
    return from;
  }

  private boolean isTied(int[] rows, int count, int from, int place) {
    return place < count && partitions.areTied(rows[from - 1], rows[place]);
  }
}
