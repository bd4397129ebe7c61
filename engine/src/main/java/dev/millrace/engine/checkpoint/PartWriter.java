package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

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
  static final int MAX_BLOCK_BYTES = 1 << 30;

  private final String name;
  private final int node;
  private final int subtask;
  private final SnapshotWriter snapshot;
  private final BlobStore.Upload upload;
  private final BlockWriter blocks;
  private final TableBlocks content;
  private final List<Manifest.Table> tables = new ArrayList<>();

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
    this.blocks = new BlockWriter(upload.stream(), SnapshotFormat.PART_MAGIC);
    this.content = new TableBlocks(blocks, maxBlockBytes);
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
          endTable();
          content.table(info);
        });
  }

  /** Writes rows of the table that was begun last. */
  public void rows(Batch batch) {
    attempt(
        () -> {
          if (!snapshot.isGivenUp()) {
            content.rows(batch);
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
          blocks.write(SnapshotFormat.INPUTS, types.data(), types.length());
          for (byte[] block : events) {
            if (!snapshot.isGivenUp()) {
              blocks.write(SnapshotFormat.EVENTS, block, block.length);
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
        content.end();
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

  private void endTable() throws IOException {
    content.flush();
    if (content.table() != null) {
      tables.add(new Manifest.Table(node, content.table(), content.rowCount()));
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
