package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Reads what a {@link PartWriter} wrote. */
final class PartReader {
  private final Predicate<TableInfo> wanted;
  private final BiConsumer<TableInfo, Batch> rows;
  private final InputEvents events;
  private TableInfo table;
  private BatchCodec codec;
  private List<BatchCodec> inputs;

  /**
   * A reader of any number of parts.
   *
   * @param rows takes the batches of the wanted tables, in the order they were written
   * @param events takes what parts hold of the input; null if that is not wanted
   */
  PartReader(Predicate<TableInfo> wanted, BiConsumer<TableInfo, Batch> rows, InputEvents events) {
    this.wanted = wanted;
    this.rows = rows;
    this.events = events;
  }

  /**
   * Reads a part.
   *
   * @param length of the part, in bytes
   * @throws DamagedFileException if the part is not what was written; nothing is handed over that
   *     is not, but some may have been before
   */
  void read(InputStream in, long length) throws IOException {
    BlockReader blocks = new BlockReader(in, length, SnapshotFormat.PART_MAGIC);
    table = null;
    codec = null;
    inputs = null;
    while (blocks.next()) {
      take(blocks);
    }
  }

  /** Whether a part holds input, by its beginning. */
  static boolean isLog(InputStream in, long length) throws IOException {
    BlockReader blocks = new BlockReader(in, length, SnapshotFormat.PART_MAGIC);
    return blocks.next() && blocks.kind() == SnapshotFormat.INPUTS;
  }

  private void take(BlockReader blocks) throws DamagedFileException {
    switch (blocks.kind()) {
      case SnapshotFormat.TABLE -> {
        table = TableInfo.decode(blocks.content());
        codec = wanted.test(table) ? new BatchCodec(table.row()) : null;
      }
      case SnapshotFormat.ROWS -> {
        inPlace(blocks, table != null);
        if (codec != null) {
          takeRows(blocks.content());
        }
      }
      case SnapshotFormat.INPUTS -> inputs = decodeInputs(blocks.content());
      case SnapshotFormat.EVENTS -> {
        inPlace(blocks, inputs != null);
        if (events != null) {
          InputLog.replay(blocks.content(), inputs, events);
        }
      }
      default -> inPlace(blocks, false);
    }
  }

  private static void inPlace(BlockReader blocks, boolean is) throws DamagedFileException {
    if (!is) {
      throw new DamagedFileException("a block of kind " + blocks.kind() + " is out of place");
    }
  }

  private void takeRows(ByteReader content) throws DamagedFileException {
    while (!content.isAtEnd()) {
      rows.accept(table, codec.decode(content));
    }
  }

  private static List<BatchCodec> decodeInputs(ByteReader content) throws DamagedFileException {
    List<BatchCodec> inputs = new ArrayList<>();
    for (int count = content.getCount(); count > 0; count--) {
      inputs.add(new BatchCodec(DataTypeCodec.decode(content)));
    }
    return inputs;
  }
}
