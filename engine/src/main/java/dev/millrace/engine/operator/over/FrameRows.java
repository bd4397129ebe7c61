package dev.millrace.engine.operator.over;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.aggregate.GroupedRows;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import java.util.Arrays;

/**
 * The rows that enter and leave the frames of some partitions, in order, and after which of them
 * the aggregates' results are wanted. Rows are named by their position in a batch.
 */
final class FrameRows {
  private int[] rows = new int[64];
  private int[] groups = new int[64];
  private boolean[] retracts = new boolean[64];
  private boolean[] read = new boolean[64];
  private int count;
  private int readCount;
  private boolean anyRetract;

  /** How many results are wanted so far. */
  int readCount() {
    return readCount;
  }

  /** Lets a row enter a frame. */
  void enter(int row, int group) {
    put(row, group, false);
  }

  /** Lets a row leave a frame. */
  void leave(int row, int group) {
    put(row, group, true);
    anyRetract = true;
  }

  private void put(int row, int group, boolean retract) {
    if (count == rows.length) {
      rows = Arrays.copyOf(rows, 2 * count);
      groups = Arrays.copyOf(groups, 2 * count);
      retracts = Arrays.copyOf(retracts, 2 * count);
      read = Arrays.copyOf(read, 2 * count);
    }
    rows[count] = row;
    groups[count] = group;
    retracts[count++] = retract;
  }

  /** Wants the results after the last row; returns their number. */
  int read() {
    read[count - 1] = true;
    return readCount++;
  }

  /** The results that are wanted, by their number, of each aggregate. */
  Vector[] run(Batch batch, Aggregates aggregates) {
    return aggregates.run(
        batch, new GroupedRows(count, rows, groups, anyRetract ? retracts : null), read);
  }
}
