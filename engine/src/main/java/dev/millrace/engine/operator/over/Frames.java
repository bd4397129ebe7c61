package dev.millrace.engine.operator.over;

import dev.millrace.engine.operator.over.OverAggregate.Spec;
import java.util.Arrays;

/**
 * Moves the frames of some partitions, one after the other, over their rows that are due: by a row
 * (ROWS, or all rows before) or by the rows of one time (RANGE).
 */
final class Frames {
  private final Spec spec;
  private final FrameRows frameRows = new FrameRows();

  /**
   * Of each partition: how many of its first rows nobody needs more, and where its due rows end.
   */
  private final int[] left;

  private final int[] ends;
  private int partitionCount;

  /** The addresses of all rows at work. */
  private int[] addresses = new int[64];

  private int rowCount;

  /** For each row that is due, its place among those at work and the number of its result. */
  private int[] dueRows = new int[64];

  private int[] resultOf = new int[64];
  private int dueCount;

  Frames(Spec spec, int capacity) {
    this.spec = spec;
    this.left = new int[capacity];
    this.ends = new int[capacity];
  }

  /** Adds a partition whose rows from {@code begin} to {@code end} are due. */
  void add(int partition, long[] times, int[] rowAddresses, int begin, int end) {
    int i = partitionCount++;
    ends[i] = end;
    left[i] = begin == end ? 0 : leftUntil(times, end - 1, 0);
    int leaving = spec.isBounded() ? Math.min(left[i], begin) : 0;
    int leftBase = rowCount;
    work(rowAddresses, 0, leaving);
    int dueBase = rowCount - begin;
    work(rowAddresses, begin, end);
    int head = 0;
    for (int from = begin, to; from < end; from = to) {
      to = frameEnd(times, from, end);
      int newHead = spec.isBounded() ? leftUntil(times, to - 1, head) : 0;
      for (; head < Math.min(newHead, from); head++) {
        frameRows.leave(head + (head < begin ? leftBase : dueBase), partition);
      }
      for (int place = Math.max(from, newHead); place < to; place++) {
        frameRows.enter(dueBase + place, partition);
      }
      head = newHead;
      due(dueBase + from, to - from, frameRows.read());
    }
  }

  private void work(int[] rowAddresses, int from, int to) {
    if (rowCount + to - from > addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * (rowCount + to - from));
    }
    System.arraycopy(rowAddresses, from, addresses, rowCount, to - from);
    rowCount += to - from;
  }

  /** How many of the first rows are before the frame of that at {@code place}; some are known. */
  private int leftUntil(long[] times, int place, int known) {
    if (!spec.isBounded()) {
      return place + 1;
    }
    if (spec.isRows()) {
      return (int) Math.max(0, place - spec.preceding());
    }
    long first = times[place] - spec.preceding();
    int before = known;
    while (times[before] < first) {
      before++;
    }
    return before;
  }

  /** Where the rows end that share the frame of the row at {@code place}. */
  private int frameEnd(long[] times, int place, int end) {
    int next = place + 1;
    while (!spec.isRows() && next < end && times[next] == times[place]) {
      next++;
    }
    return next;
  }

  private void due(int first, int count, int result) {
    if (dueCount + count > dueRows.length) {
      dueRows = Arrays.copyOf(dueRows, 2 * (dueCount + count));
      resultOf = Arrays.copyOf(resultOf, dueRows.length);
    }
    for (int row = first; row < first + count; row++) {
      dueRows[dueCount] = row;
      resultOf[dueCount++] = result;
    }
  }

  /** What enters and leaves the frames: rows by their place among {@link #addresses}. */
  FrameRows frameRows() {
    return frameRows;
  }

  int rowCount() {
    return rowCount;
  }

  int[] addresses() {
    return addresses;
  }

  int dueCount() {
    return dueCount;
  }

  int[] dueRows() {
    return dueRows;
  }

  int[] resultOf() {
    return resultOf;
  }

  /** How many of the first rows of the partition added as number {@code i} nobody needs more. */
  int left(int i) {
    return left[i];
  }

  /** Where the rows end that the partition added as number {@code i} has emitted. */
  int end(int i) {
    return ends[i];
  }
}
