package dev.millrace.engine.batch;

import java.util.Arrays;

/**
 * Collects records: write to the {@link #heap}, then {@link #endRecord}. Not thread-safe; one
 * builder may be used for block after block.
 */
public final class RecordBlockBuilder {
  private ByteHeap heap = new ByteHeap();
  private int[] starts = new int[VectorBuilder.INITIAL_CAPACITY];
  private int[] lengths = new int[VectorBuilder.INITIAL_CAPACITY];
  private int recordStart;
  private int count;

  public ByteHeap heap() {
    return heap;
  }

  public int count() {
    return count;
  }

  /** Completes the record made of the bytes written to the heap since the last one. */
  public void endRecord() {
    end(heap.length() - recordStart);
  }

  /** Adds a record that is absent. */
  public void endAbsent() {
    heap.truncate(recordStart);
    end(RecordBlock.ABSENT);
  }

  /** Adds a copy of the range as a record. */
  public void add(byte[] from, int start, int length) {
    heap.append(from, start, length);
    endRecord();
  }

  private void end(int length) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, VectorBuilder.grown(count));
      lengths = Arrays.copyOf(lengths, VectorBuilder.grown(count));
    }
    starts[count] = recordStart;
    lengths[count] = length;
    count++;
    recordStart = heap.length();
  }

  /** The block of all records; this builder starts over. */
  public RecordBlock build() {
    RecordBlock block = new RecordBlock(heap.data(), starts, lengths, count);
    heap = new ByteHeap(Math.max(256, heap.length()));
    starts = new int[starts.length];
    lengths = new int[lengths.length];
    recordStart = 0;
    count = 0;
    return block;
  }
}
