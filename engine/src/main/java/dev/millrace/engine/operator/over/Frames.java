package dev.millrace.engine.operator.over;

import dev.millrace.engine.aggregate.Aggregates;
import dev.millrace.engine.aggregate.GroupedRows;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.batch.Vectors;
import dev.millrace.engine.operator.over.OverAggregate.Spec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Moves the frames of some partitions over the rows that are due and reads the aggregates off.
 *
 * <p>In steps: each moves the frame of every partition that has rows left by a row (ROWS, or all
 * rows before) or by the rows of one time (RANGE), so that the aggregates work on all partitions at
 * once.
 */
final class Frames {
  private final Spec spec;
  private final int[] partitions;

  /** Of each partition: rows that are due begin and end here, in its order. */
  private final int[] begins;

  private final int[] ends;

  /** How many of its first rows leave the frame until the last row, and where all its rows are. */
  private final int[] left;

  private final long[][] times;

  /** Where in the batch of all rows at work stand its first row, and the first that is due. */
  private final int[] leftBases;

  private final int[] dueBases;
  private int partitionCount;
  private int[] addresses = new int[64];
  private int rowCount;
  private int dueCount;

  Frames(Spec spec, int capacity) {
    this.spec = spec;
    this.partitions = new int[capacity];
    this.begins = new int[capacity];
    this.ends = new int[capacity];
    this.left = new int[capacity];
    this.times = new long[capacity][];
    this.leftBases = new int[capacity];
    this.dueBases = new int[capacity];
  }

  /** Adds a partition whose rows from {@code begin} to {@code end} are due. */
  void add(int partition, long[] rowTimes, int[] rowAddresses, int begin, int end) {
    int i = partitionCount++;
    partitions[i] = partition;
    times[i] = rowTimes;
    begins[i] = begin;
    ends[i] = end;
    left[i] = begin == end ? 0 : leftUntil(i, end - 1, 0);
    leftBases[i] = rowCount;
    if (spec.isBounded()) {
      work(rowAddresses, 0, Math.min(left[i], begin));
    }
    dueBases[i] = rowCount;
    work(rowAddresses, begin, end);
    dueCount += end - begin;
  }

  private void work(int[] rowAddresses, int from, int to) {
    if (rowCount + to - from > addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * (rowCount + to - from));
    }
    System.arraycopy(rowAddresses, from, addresses, rowCount, to - from);
    rowCount += to - from;
  }

  /**
   * How many of a partition's first rows are before the frame of its row at {@code place}; {@code
   * known} are.
   */
  private int leftUntil(int i, int place, int known) {
    if (!spec.isBounded()) {
      return place + 1;
    }
    if (spec.isRows()) {
      return (int) Math.max(0, place - spec.preceding());
    }
    long first = times[i][place] - spec.preceding();
    int before = known;
    while (times[i][before] < first) {
      before++;
    }
    return before;
  }

  boolean isEmpty() {
    return dueCount == 0;
  }

  int rowCount() {
    return rowCount;
  }

  int[] addresses() {
    return addresses;
  }

  /** How many of the first rows of the partition added as number {@code i} nobody needs more. */
  int left(int i) {
    return left[i];
  }

  /** Where the rows end that the partition added as number {@code i} has emitted. */
  int end(int i) {
    return ends[i];
  }

  /** The rows that are due, in the order of partitions, followed by the aggregates' results. */
  Batch aggregate(Batch rows, Aggregates aggregates) {
    int[] heads = new int[partitionCount];
    int[] next = Arrays.copyOf(begins, partitionCount);
    int[] resultOf = new int[dueCount];
    int[] dueRows = new int[dueCount];
    List<Vector[]> results = new ArrayList<>();
    List<Integer> counts = new ArrayList<>();
    int resultCount = 0;
    int emitted = 0;
    while (emitted < dueCount) {
      Step step = new Step();
      for (int i = 0; i < partitionCount; i++) {
        if (next[i] < ends[i]) {
          int from = next[i];
          next[i] = frameEnd(i, from);
          heads[i] = step.move(i, heads[i], from, next[i]);
          for (int place = from; place < next[i]; place++) {
            resultOf[emitted] = resultCount + step.partitionCount - 1;
            dueRows[emitted++] = position(i, place);
          }
        }
      }
      results.add(step.run(rows, aggregates));
      counts.add(step.partitionCount);
      resultCount += step.partitionCount;
    }
    return withResults(rows, dueRows, results, counts, resultOf);
  }

  /** Where the rows end that share the frame of the row at {@code place}. */
  private int frameEnd(int i, int place) {
    int end = place + 1;
    while (!spec.isRows() && end < ends[i] && times[i][end] == times[i][place]) {
      end++;
    }
    return end;
  }

  private int position(int i, int place) {
    return place < begins[i] ? leftBases[i] + place : dueBases[i] + place - begins[i];
  }

  private static Batch withResults(
      Batch rows, int[] dueRows, List<Vector[]> results, List<Integer> counts, int[] resultOf) {
    int resultColumns = results.get(0).length;
    Vector[] columns = new Vector[rows.columnCount() + resultColumns];
    for (int i = 0; i < rows.columnCount(); i++) {
      columns[i] = rows.column(i).take(dueRows, dueRows.length);
    }
    int[] partCounts = new int[counts.size()];
    Arrays.setAll(partCounts, counts::get);
    for (int i = 0; i < resultColumns; i++) {
      Vector[] parts = new Vector[results.size()];
      for (int step = 0; step < parts.length; step++) {
        parts[step] = results.get(step)[i];
      }
      columns[rows.columnCount() + i] =
          Vectors.concat(parts, partCounts).take(resultOf, resultOf.length);
    }
    return new Batch(dueRows.length, columns);
  }

  /** The rows that leave and enter the frames of some partitions at once. */
  private final class Step {
    private final int[] moved = new int[Frames.this.partitionCount];
    private int partitionCount;
    private int[] rows = new int[64];
    private int[] groups = new int[64];
    private boolean[] retracts = new boolean[64];
    private int count;

    /** Moves a frame to end at {@code to}; returns its first place. */
    int move(int i, int head, int from, int to) {
      moved[partitionCount++] = partitions[i];
      int newHead = spec.isBounded() ? leftUntil(i, to - 1, head) : head;
      for (int place = head; place < Math.min(newHead, from); place++) {
        put(position(i, place), partitions[i], true);
      }
      for (int place = Math.max(from, newHead); place < to; place++) {
        put(position(i, place), partitions[i], false);
      }
      return newHead;
    }

    private void put(int row, int group, boolean retract) {
      if (count == rows.length) {
        rows = Arrays.copyOf(rows, 2 * count);
        groups = Arrays.copyOf(groups, 2 * count);
        retracts = Arrays.copyOf(retracts, 2 * count);
      }
      rows[count] = row;
      groups[count] = group;
      retracts[count++] = retract;
    }

    Vector[] run(Batch batch, Aggregates aggregates) {
      aggregates.add(
          batch, new GroupedRows(count, rows, groups, spec.isBounded() ? retracts : null));
      return aggregates.results(moved, partitionCount);
    }
  }
}
