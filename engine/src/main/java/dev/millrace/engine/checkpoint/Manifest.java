package dev.millrace.engine.checkpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** What belongs to a snapshot: the content of its manifest. */
record Manifest(SnapshotInfo info, List<Part> parts, List<Table> tables) {
  /**
   * A file of the snapshot.
   *
   * @param name below the folder of parts; may be of an earlier epoch
   * @param length in bytes
   * @param checksum CRC32C of all its bytes
   */
  record Part(String name, int node, int subtask, long length, int checksum) {}

  /** A table of a node, with the number of its rows in all parts of the node. */
  record Table(int node, TableInfo info, long rows) {}

  Manifest {
    parts = List.copyOf(parts);
    tables = List.copyOf(tables);
  }

  void writeTo(OutputStream out) throws IOException {
    ByteWriter content = new ByteWriter(PartWriter.MAX_BLOCK_BYTES);
    info.encode(content);
    content.putInt(parts.size());
    for (Part part : parts) {
      content.putString(part.name());
      content.putInt(part.node());
      content.putInt(part.subtask());
      content.putLong(part.length());
      content.putInt(part.checksum());
    }
    content.putInt(tables.size());
    for (Table table : tables) {
      content.putInt(table.node());
      table.info().encode(content);
      content.putLong(table.rows());
    }
    BlockWriter blocks = new BlockWriter(out, SnapshotFormat.MANIFEST_MAGIC);
    blocks.write(SnapshotFormat.MANIFEST, content.data(), content.length());
    blocks.end();
  }

  /** Reads a file of {@code length} bytes. */
  static Manifest readFrom(InputStream in, long length) throws IOException {
    BlockReader blocks = new BlockReader(in, length, SnapshotFormat.MANIFEST_MAGIC);
    if (!blocks.next() || blocks.kind() != SnapshotFormat.MANIFEST) {
      throw new DamagedFileException("it holds no manifest");
    }
    ByteReader content = blocks.content();
    if (blocks.next()) {
      throw new DamagedFileException("it holds more than a manifest");
    }
    return decode(content);
  }

  private static Manifest decode(ByteReader from) throws DamagedFileException {
    SnapshotInfo info = SnapshotInfo.decode(from);
    List<Part> parts = new ArrayList<>();
    for (int count = from.getCount(); count > 0; count--) {
      String name = from.getString();
      parts.add(new Part(name, from.getInt(), from.getInt(), from.getLong(), from.getInt()));
    }
    List<Table> tables = new ArrayList<>();
    for (int count = from.getCount(); count > 0; count--) {
      tables.add(new Table(from.getInt(), TableInfo.decode(from), from.getLong()));
    }
    return new Manifest(info, parts, tables);
  }
}
