package dev.millrace.engine.checkpoint;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Reads the header and the blocks of a file of {@link SnapshotFormat}, and throws {@link
 * DamagedFileException} where they are not what was written. Not thread-safe.
 */
final class BlockReader {
  private final InputStream in;
  private final CRC32C file = new CRC32C();
  private final long length;
  private final int version;
  private long position;

  private byte kind;
  private int contentLength;
  private byte[] stored;

  /** Reads the header of a file that has {@code length} bytes. */
  BlockReader(InputStream in, long length, int magic) throws IOException {
    this.in = in;
    this.length = length;
    byte[] bytes = read(SnapshotFormat.HEADER_BYTES);
    ByteBuffer header = BlockWriter.littleEndian(bytes);
    boolean isHeader = header.getInt() == magic;
    version = header.getInt();
    int checksum = BlockWriter.checksum(bytes, 0, header.position());
    if (!isHeader || header.getInt() != checksum) {
      throw new DamagedFileException("its first bytes are not those of such a file");
    }
    if (version > SnapshotFormat.VERSION) {
      throw DamagedFileException.newer(version);
    }
  }

  /** Goes to the next block; false at the end, when the whole file has proved sound. */
  boolean next() throws IOException {
    long start = position;
    int checksumBefore = (int) file.getValue();
    byte[] bytes = read(SnapshotFormat.BLOCK_HEADER_BYTES);
    ByteBuffer header = BlockWriter.littleEndian(bytes);
    kind = header.get();
    contentLength = header.getInt();
    int storedLength = header.getInt();
    if (storedLength < 0 || contentLength < storedLength) {
      throw new DamagedFileException("checksum differs");
    }
    stored = read(storedLength);
    CRC32C block = new CRC32C();
    block.update(bytes, 0, SnapshotFormat.BLOCK_LENGTHS_BYTES);
    block.update(stored);
    if (header.getInt() != (int) block.getValue()) {
      throw new DamagedFileException("checksum differs");
    }
    if (kind != SnapshotFormat.END) {
      return true;
    }
    ByteReader end = content();
    if (end.getLong() != start || end.getInt() != checksumBefore) {
      throw new DamagedFileException("checksum differs");
    }
    if (position != length || in.read() >= 0) {
      throw new DamagedFileException("more bytes follow its end");
    }
    return false;
  }

  byte kind() {
    return kind;
  }

  /** The content of the block, in bytes of its own. */
  ByteReader content() throws DamagedFileException {
    if (stored.length == contentLength) {
      return new ByteReader(stored, 0, contentLength, version);
    }
    byte[] content = new byte[contentLength];
    try {
      long found = Zstd.decompressByteArray(content, 0, contentLength, stored, 0, stored.length);
      if (found == contentLength) {
        return new ByteReader(content, 0, contentLength, version);
      }
    } catch (ZstdException e) {
      // The same as a wrong length.
    }
    throw new DamagedFileException("a block does not unpack");
  }

  private byte[] read(int count) throws IOException {
    byte[] bytes = count > length - position ? new byte[0] : in.readNBytes(count);
    if (bytes.length < count) {
      throw new DamagedFileException("it ends too early");
    }
    file.update(bytes);
    position += count;
    return bytes;
  }
}
