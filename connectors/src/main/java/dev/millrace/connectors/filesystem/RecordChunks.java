package dev.millrace.connectors.filesystem;

import dev.millrace.engine.batch.RecordBlock;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the records of a byte stream block by block. The records of a block lie where they were
 * read; only what follows the last whole record is copied, to the front of the next chunk. Not
 * thread-safe.
 */
final class RecordChunks implements Closeable {
  /** Thrown for a record that does not fit into memory, as when a quote is never closed. */
  static final class RecordTooLong extends IOException {
    private static final long serialVersionUID = 1L;

    RecordTooLong() {
      super("a record is longer than " + (MAX_CHUNK >> 20) + " MiB");
    }
  }

  private static final int MIN_CHUNK = 4 << 10;
  private static final int FIRST_CHUNK = 64 << 10;

  /** Below half of the smallest region of G1, above which an array is a costly humongous object. */
  private static final int USUAL_MAX_CHUNK = 448 << 10;

  private static final int MAX_CHUNK = 1 << 30;

  /** How far to read beyond a range at first, for the rest of its last record. */
  private static final int LOOKAHEAD = 4 << 10;

  /** Channels copy through a buffer of this size, which should stay in a core's cache. */
  private static final int READ_BYTES = 128 << 10;

  private final InputStream input;
  private final RecordFramer framer;
  private final long end;
  private final int maxRecords;
  private int recordsToDrop;

  /** The chunk being framed, how much of it is filled, and where its first byte is in the file. */
  private byte[] data;

  private int length;
  private long offset;

  private int chunkSize = FIRST_CHUNK;
  private boolean inputEnded;
  private long blockOffset;
  private long bytesFramed;

  /**
   * A reader of the records that begin before {@code end}.
   *
   * @param offset where in the file the stream begins, which is the begin of a record
   * @param recordsToDrop how many of the first records are not wanted
   * @param maxRecords the most that a block may have
   */
  RecordChunks(
      InputStream input,
      RecordFramer framer,
      long offset,
      long end,
      int recordsToDrop,
      int maxRecords) {
    this.input = input;
    this.framer = framer;
    this.offset = offset;
    this.end = end;
    this.recordsToDrop = recordsToDrop;
    this.maxRecords = maxRecords;
    this.data = new byte[nextCapacity(0)];
  }

  /** The next records, or null if there are no more. */
  RecordBlock next() throws IOException {
    while (offset < end) {
      fill();
      int[] starts = new int[maxRecords];
      int[] lengths = new int[maxRecords];
      int count = framer.frame(data, length, startLimit(), starts, lengths);
      int framedEnd = framer.end();
      if (inputEnded && count < maxRecords && framedEnd < Math.min(length, startLimit())) {
        starts[count] = framedEnd;
        lengths[count] = RecordFramer.withoutReturn(data, framedEnd, length);
        count++;
        framedEnd = length;
      }
      if (count == 0) {
        if (inputEnded) {
          return null;
        }
        grow();
        continue;
      }
      RecordBlock block = take(starts, lengths, count, framedEnd);
      if (block.count() > 0) {
        return block;
      }
    }
    return null;
  }

  /** Where in the file the bytes of the last block begin. */
  long blockOffset() {
    return blockOffset;
  }

  /** Where in the file the record after the last block begins. */
  long nextOffset() {
    return offset;
  }

  /** The number of bytes that all records so far and their line ends have. */
  long bytesFramed() {
    return bytesFramed;
  }

  private int startLimit() {
    return (int) Math.min(Integer.MAX_VALUE, end - offset);
  }

  private void fill() throws IOException {
    while (!inputEnded && length < data.length) {
      int read = input.read(data, length, Math.min(READ_BYTES, data.length - length));
      if (read < 0) {
        inputEnded = true;
      } else {
        length += read;
      }
    }
  }

  private void grow() throws RecordTooLong {
    if (data.length >= MAX_CHUNK) {
      throw new RecordTooLong();
    }
    data = Arrays.copyOf(data, data.length * 2);
  }

  private RecordBlock take(int[] starts, int[] lengths, int count, int framedEnd) {
    RecordBlock block = new RecordBlock(data, starts, lengths, count);
    if (recordsToDrop > 0) {
      block = withoutFirst(block);
    }
    blockOffset = offset;
    offset += framedEnd;
    bytesFramed += framedEnd;
    chunkSize = (int) Math.min(USUAL_MAX_CHUNK, (long) framedEnd * maxRecords / count * 17 / 16);
    moveRest(framedEnd);
    return block;
  }

  private RecordBlock withoutFirst(RecordBlock block) {
    int dropped = Math.min(recordsToDrop, block.count());
    recordsToDrop -= dropped;
    return new RecordBlock(
        block.data(),
        Arrays.copyOfRange(block.starts(), dropped, block.count()),
        Arrays.copyOfRange(block.lengths(), dropped, block.count()),
        block.count() - dropped);
  }

  /** Begins the next chunk with what the last block did not take; that one keeps its array. */
  private void moveRest(int from) {
    int rest = length - from;
    byte[] next = new byte[nextCapacity(rest)];
    System.arraycopy(data, from, next, 0, rest);
    data = next;
    length = rest;
  }

  private int nextCapacity(int rest) {
    long rangeLeft = Math.min(Math.max(0, end - offset), USUAL_MAX_CHUNK);
    long useful = Math.min(Math.max(MIN_CHUNK, chunkSize), rangeLeft + LOOKAHEAD);
    return (int) Math.max(useful, rest);
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
