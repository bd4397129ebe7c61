package dev.millrace.engine.operator.over;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import java.util.Arrays;

/**
 * The rows of changed partitions with the frames that they had before the change and have after it.
 */
final class SortedFrames {
  private static final int NONE = -1;

  private final SortedPartitions partitions;
  private final boolean isRows;
  private final FrameRows frameRows = new FrameRows();
  private final int[] removed;

  /** The rows at work: their addresses and the numbers of their results, if they have one. */
  private int[] addresses = new int[64];

  private int[] before = new int[64];
  private int[] after = new int[64];
  private int rowCount;

  SortedFrames(SortedPartitions partitions, boolean isRows) {
    this.partitions = partitions;
    this.isRows = isRows;
    this.removed = partitions.removed();
  }

  int readCount() {
    return frameRows.readCount();
  }

  int rowCount() {
    return rowCount;
  }

  int[] addresses() {
    return addresses;
  }

  /** The number of each row's result before the change, or a negative number. */
  int[] resultsBefore() {
    return before;
  }

  /** The number of each row's result after the change, or a negative number. */
  int[] resultsAfter() {
    return after;
  }

  Vector[] run(Batch rows, Aggregates aggregates) {
    return frameRows.run(rows, aggregates);
  }

  /** Lets the first rows of a partition enter the frames of two groups. */
  void addUnchanged(int[] rows, int count, int groupBefore, int groupAfter) {
    for (int place = 0; place < count; place++) {
      int row = work(rows[place]);
      frameRows.enter(row, groupBefore);
      frameRows.enter(row, groupAfter);
    }
  }

  /**
   * Moves the frames over the rows that a partition had, and has, from a place on; each group's is
   * at that place.
   */
  void addChanged(SortedChanges changes, int i, int first, int groupBefore, int groupAfter) {
    int oldEnd = changes.countBefore(i);
    int newEnd = changes.countAfter(i);
    int[] oldRows = new int[oldEnd - first];
    int[] newRows = new int[newEnd - first];
    int o = first;
    int n = first;
    while (o < oldEnd || n < newEnd) {
      if (o < oldEnd && Arrays.binarySearch(removed, changes.before(i)[o]) >= 0) {
        oldRows[o - first] = work(changes.before(i)[o]);
        o++;
        continue;
      }
      newRows[n - first] = work(changes.after(i)[n]);
      if (o < oldEnd && changes.before(i)[o] == changes.after(i)[n]) {
        oldRows[o - first] = newRows[n - first];
        o++;
      }
      n++;
    }
    move(oldRows, groupBefore, before);
    move(newRows, groupAfter, after);
  }

  private int work(int address) {
    if (rowCount == addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * rowCount);
      before = Arrays.copyOf(before, 2 * rowCount);
      after = Arrays.copyOf(after, 2 * rowCount);
    }
    addresses[rowCount] = address;
    before[rowCount] = NONE;
    after[rowCount] = NONE;
    return rowCount++;
  }

  /** Moves a frame over rows in turn and notes the number of each one's result. */
  private void move(int[] rows, int group, int[] resultOf) {
    for (int from = 0, to; from < rows.length; from = to) {
      to = from + 1;
      while (!isRows
          && to < rows.length
          && partitions.areTied(addresses[rows[from]], addresses[rows[to]])) {
        to++;
      }
      for (int i = from; i < to; i++) {
        frameRows.enter(rows[i], group);
      }
      int result = frameRows.read();
      for (int i = from; i < to; i++) {
        resultOf[rows[i]] = result;
      }
    }
  }
}
