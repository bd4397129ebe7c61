package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.error.MillraceException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;

/** Writes tables as blocks of a file: see {@link SnapshotFormat}. Not thread-safe. */
final class TableBlocks {
  /** From here on the batches so far go out as a block. */
  private static final int BLOCK_BYTES = 256 << 10;

  /** A batch of more is written in pieces, as far as it has rows. */
  private static final int PIECE_BYTES = 64 << 20;

  private final BlockWriter blocks;
  private final ByteWriter batches;
  private final int maxBlockBytes;
  private final Set<String> names = new HashSet<>();
  private TableInfo table;
  private BatchCodec codec;
  private long rows;

  TableBlocks(BlockWriter blocks) {
    this(blocks, PartWriter.MAX_BLOCK_BYTES);
  }

  TableBlocks(BlockWriter blocks, int maxBlockBytes) {
    this.blocks = blocks;
    this.batches = new ByteWriter(maxBlockBytes);
    this.maxBlockBytes = maxBlockBytes;
  }

  /** The table that was begun last, or null. */
  TableInfo table() {
    return table;
  }

  /** Rows of the table that was begun last. */
  long rowCount() {
    return rows;
  }

  /** Begins a table; throws {@code UnsupportedException} if values of a column have no bytes. */
  void table(TableInfo info) throws IOException {
    if (!names.add(info.name())) {
      throw new IllegalArgumentException("two tables named " + info.name());
    }
    flush();
    rows = 0;
    codec = new BatchCodec(info.row());
    table = info;
    ByteWriter content = new ByteWriter(PartWriter.MAX_BLOCK_BYTES);
    info.encode(content);
    blocks.write(SnapshotFormat.TABLE, content.data(), content.length());
  }

  /** Writes rows of the table that was begun last. */
  void rows(Batch batch) throws IOException {
    if (table == null) {
      throw new IllegalStateException("rows of no table");
    }
    if (batch.rowCount() > 0) {
      append(batch);
    }
  }

  private void append(Batch batch) throws IOException {
    int before = batches.length();
    batches.limit(batch.rowCount() == 1 ? maxBlockBytes : Math.min(maxBlockBytes, PIECE_BYTES));
    try {
      codec.encode(batch, batches);
    } catch (ByteWriter.TooLongException e) {
      batches.truncate(before);
      appendInPieces(batch, before, e);
      return;
    }
    rows += batch.rowCount();
    if (batches.length() >= BLOCK_BYTES) {
      flush();
    }
  }

  private void appendInPieces(Batch batch, int before, ByteWriter.TooLongException e)
      throws IOException {
    int half = batch.rowCount() / 2;
    if (before > 0) {
      flush();
      append(batch);
    } else if (half > 0) {
      append(rows(batch, 0, half));
      append(rows(batch, half, batch.rowCount()));
    } else {
      throw MillraceException.job(
          "A row of the state '" + table.name() + "' is too large to be saved: " + e.getMessage(),
          e);
    }
  }

  private static Batch rows(Batch batch, int from, int to) {
    return batch.take(Positions.of(IntStream.range(from, to).toArray(), to - from));
  }

  /** Writes what is left of the table. */
  void flush() throws IOException {
    if (batches.length() > 0) {
      blocks.write(SnapshotFormat.ROWS, batches.data(), batches.length());
      batches.truncate(0);
    }
  }

  /** Ends the file and returns its length. */
  long end() throws IOException {
    flush();
    blocks.end();
    return blocks.length();
  }
}
