package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Positions;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Writes what one instance of an operator keeps: tables, each with any number of batches; or what
 * it was given since the part before. Used by one thread, and closed by it in any case. A batch may
 * be changed once it was handed over. If whoever hands over fails midway, it has to abort the
 * snapshot: the part cannot tell.
 *
 * <p>Once the snapshot is given up, everything is dropped without an error. All methods throw a
 * job's {@link MillraceException} if the store fails.
 */
public final class PartWriter implements AutoCloseable {
  /** From here on the batches so far go out as a block. */
  private static final int BLOCK_BYTES = 256 << 10;

  /** A batch of more is written in pieces, as far as it has rows. */
  private static final int PIECE_BYTES = 64 << 20;

  static final int MAX_BLOCK_BYTES = 1 << 30;

  private final String name;
  private final int node;
  private final int subtask;
  private final SnapshotWriter snapshot;
  private final BlobStore.Upload upload;
  private final BlockWriter blocks;
  private final ByteWriter batches;
  private final int maxBlockBytes;
  private final List<Manifest.Table> tables = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  private TableInfo table;
  private BatchCodec codec;
  private long rows;
  private boolean failed;
  private boolean closed;
  private StoredPart stored;

  PartWriter(
      String name,
      int node,
      int subtask,
      SnapshotWriter snapshot,
      BlobStore.Upload upload,
      int maxBlockBytes)
      throws IOException {
    this.name = name;
    this.node = node;
    this.subtask = subtask;
    this.snapshot = snapshot;
    this.upload = upload;
    this.batches = new ByteWriter(maxBlockBytes);
    this.maxBlockBytes = maxBlockBytes;
    this.blocks = new BlockWriter(upload.stream(), SnapshotFormatV1.PART_MAGIC);
  }

  /**
   * Begins a table.
   *
   * @throws dev.millrace.engine.error.UnsupportedException if values of one of its columns cannot
   *     be saved
   */
  public void table(TableInfo info) {
    attempt(
        () -> {
          if (!names.add(info.name())) {
            throw new IllegalArgumentException("two tables named " + info.name());
          }
          endTable();
          codec = new BatchCodec(info.row());
          table = info;
          ByteWriter content = new ByteWriter(MAX_BLOCK_BYTES);
          info.encode(content);
          blocks.write(SnapshotFormatV1.TABLE, content.data(), content.length());
        });
  }

  /** Writes rows of the table that was begun last. */
  public void rows(Batch batch) {
    attempt(
        () -> {
          if (table == null) {
            throw new IllegalStateException("rows of no table");
          }
          if (batch.rowCount() > 0 && !snapshot.isGivenUp()) {
            append(batch);
          }
        });
  }

  /**
   * Writes what an operator was given.
   *
   * @param inputs the rows of its inputs
   * @param events what {@link InputLog#take} returned, of one log or several in their order
   */
  public void log(List<DataType> inputs, List<byte[]> events) {
    attempt(
        () -> {
          ByteWriter types = new ByteWriter(MAX_BLOCK_BYTES);
          types.putInt(inputs.size());
          inputs.forEach(row -> DataTypeCodec.encode(row, types));
          blocks.write(SnapshotFormatV1.INPUTS, types.data(), types.length());
          for (byte[] block : events) {
            if (!snapshot.isGivenUp()) {
              blocks.write(SnapshotFormatV1.EVENTS, block, block.length);
            }
          }
        });
  }

  /** Makes the part durable, unless a call before has failed: then nothing is left of it. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try (upload) {
      if (!failed && !snapshot.isGivenUp()) {
        endTable();
        blocks.end();
        upload.publish();
        stored =
            new StoredPart(
                new Manifest.Part(name, node, subtask, blocks.length(), blocks.checksum()), tables);
        snapshot.completed(stored);
      }
    } catch (IOException e) {
      throw StoreErrors.writing(snapshot.describe(), e);
    }
  }

  /** The part, once it is closed and durable; null else. */
  public StoredPart stored() {
    return stored;
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

  private void flush() throws IOException {
    if (batches.length() > 0) {
      blocks.write(SnapshotFormatV1.ROWS, batches.data(), batches.length());
      batches.truncate(0);
    }
  }

  private void endTable() throws IOException {
    flush();
    if (table != null) {
      tables.add(new Manifest.Table(node, table, rows));
      rows = 0;
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private void attempt(Step step) {
    if (closed) {
      throw new IllegalStateException("closed");
    }
    boolean done = false;
    try {
      step.run();
      done = true;
    } catch (IOException e) {
      throw StoreErrors.writing(snapshot.describe(), e);
    } finally {
      failed |= !done;
    }
  }
}
