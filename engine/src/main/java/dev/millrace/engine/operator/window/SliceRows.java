package dev.millrace.engine.operator.window;

import dev.millrace.engine.batch.LongVector;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.state.KeyTable;
import dev.millrace.engine.type.DataType;
import dev.millrace.engine.type.TypeRoot;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The rows of a batch by the slice that they belong to. */
final class SliceRows {
  private static final List<DataType> END = List.of(DataType.of(TypeRoot.BIGINT));

  private final long[] ends;

  /** The rows of slice {@code i} are at {@code starts[i]} to {@code starts[i + 1]}. */
  private final int[] starts;

  private final int[] rows;

  private SliceRows(long[] ends, int[] starts, int[] rows) {
    this.ends = ends;
    this.starts = starts;
    this.rows = rows;
  }

  /** Deals out {@code count} rows; {@code ends} holds the end of each one's slice. */
  static SliceRows of(long[] ends, int count) {
    int same = 1;
    while (same < count && ends[same] == ends[0]) {
      same++;
    }
    if (same == count) {
      return new SliceRows(
          new long[] {ends[0]}, new int[] {0, count}, IntStream.range(0, count).toArray());
    }
    int[] slices = new int[count];
    KeyTable numbers = KeyTable.of(END);
    numbers.locate(new Vector[] {new LongVector(count, ends, null)}, count, slices);
    return sorted(slices, ends, numbers.size());
  }

  private static SliceRows sorted(int[] slices, long[] ends, int count) {
    int[] starts = new int[count + 1];
    long[] sliceEnds = new long[count];
    for (int row = 0; row < slices.length; row++) {
      starts[slices[row] + 1]++;
      sliceEnds[slices[row]] = ends[row];
    }
    for (int i = 0; i < count; i++) {
      starts[i + 1] += starts[i];
    }
    int[] next = Arrays.copyOf(starts, count);
    int[] rows = new int[slices.length];
    for (int row = 0; row < slices.length; row++) {
      rows[next[slices[row]]++] = row;
    }
    return new SliceRows(sliceEnds, starts, rows);
  }

  /** How many slices there are. */
  int slices() {
    return ends.length;
  }

  /** The end of a slice. */
  long end(int slice) {
    return ends[slice];
  }

  /** The rows of a slice, in their order. */
  int[] rows(int slice) {
    return slices() == 1 ? rows : Arrays.copyOfRange(rows, starts[slice], starts[slice + 1]);
  }
}
