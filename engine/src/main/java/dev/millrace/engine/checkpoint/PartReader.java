package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Reads what a {@link PartWriter} wrote. */
final class PartReader {
  private PartReader() {}

  /**
   * Hands over the batches of the wanted tables, in the order they were written.
   *
   * @param length of the part, in bytes
   * @throws DamagedFileException if the part is not what was written; no batch is handed over that
   *     is not, but some may have been before
   */
  static void read(
      InputStream in, long length, Predicate<TableInfo> wanted, BiConsumer<TableInfo, Batch> to)
      throws IOException {
    BlockReader blocks = new BlockReader(in, length, SnapshotFormatV1.PART_MAGIC);
    TableInfo table = null;
    BatchCodec codec = null;
    while (blocks.next()) {
      if (blocks.kind() == SnapshotFormatV1.TABLE) {
        table = TableInfo.decode(blocks.content());
        codec = wanted.test(table) ? new BatchCodec(table.row()) : null;
      } else if (blocks.kind() != SnapshotFormatV1.ROWS || table == null) {
        throw new DamagedFileException("a block of kind " + blocks.kind() + " is out of place");
      } else if (codec != null) {
        ByteReader content = blocks.content();
        while (!content.isAtEnd()) {
          to.accept(table, codec.decode(content));
        }
      }
    }
  }
}
