package dev.millrace.engine.function.cast;

import dev.millrace.engine.batch.ByteHeap;
import dev.millrace.engine.batch.BytesVector;

/** A column of text under construction: the texts lie one after the other on one heap. */
final class TextColumn {
  private final ByteHeap heap;
  private final int[] starts;
  private final int[] lengths;
  private int written;

  /** A column of so many texts, of about {@code typicalLength} bytes each. */
  TextColumn(int count, int typicalLength) {
    this.heap = new ByteHeap(Math.max(typicalLength, count * typicalLength));
    this.starts = new int[count];
    this.lengths = new int[count];
  }

  /** Where to write the text of the next position. */
  ByteHeap heap() {
    return heap;
  }

  /** Takes what was written since the last call for the text of this position. */
  void end(int position) {
    starts[position] = written;
    lengths[position] = heap.length() - written;
    written = heap.length();
  }

  BytesVector build(boolean[] nulls) {
    return new BytesVector(starts.length, heap.data(), starts, lengths, nulls);
  }
}
