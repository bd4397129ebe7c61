package dev.millrace.engine.checkpoint;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Writes the header and the blocks of a file of {@link SnapshotFormat}. Not thread-safe. */
final class BlockWriter {
  /** A fast one: packed numbers hold little more to find, and the cores have rows to compute. */
  private static final int ZSTD_LEVEL = -7;

  /** Less is not worth the call. */
  private static final int MIN_COMPRESSED_BYTES = 256;

  private final OutputStream out;
  private final CRC32C file = new CRC32C();
  private final CRC32C block = new CRC32C();
  private byte[] stored = new byte[0];
  private long length;

  BlockWriter(OutputStream out, int magic) throws IOException {
    this.out = out;
    byte[] bytes = new byte[SnapshotFormat.HEADER_BYTES];
    ByteBuffer header = littleEndian(bytes);
    header.putInt(magic).putInt(SnapshotFormat.VERSION);
    header.putInt(checksum(bytes, 0, header.position()));
    put(bytes, bytes.length);
  }

  /** Bytes written so far. */
  long length() {
    return length;
  }

  /** The CRC32C of the bytes written so far. */
  int checksum() {
    return (int) file.getValue();
  }

  void write(byte kind, byte[] content, int contentLength) throws IOException {
    int start = SnapshotFormat.BLOCK_HEADER_BYTES;
    int room = (int) Zstd.compressBound(contentLength);
    if (stored.length < start + room) {
      stored = new byte[start + room];
    }
    int storedLength = contentLength;
    if (contentLength >= MIN_COMPRESSED_BYTES) {
      storedLength =
          (int) Zstd.compressByteArray(stored, start, room, content, 0, contentLength, ZSTD_LEVEL);
    }
    if (storedLength >= contentLength) {
      storedLength = contentLength;
      System.arraycopy(content, 0, stored, start, contentLength);
    }
    ByteBuffer header = littleEndian(stored);
    header.put(kind).putInt(contentLength).putInt(storedLength);
    block.reset();
    block.update(stored, 0, SnapshotFormat.BLOCK_LENGTHS_BYTES);
    block.update(stored, start, storedLength);
    header.putInt((int) block.getValue());
    put(stored, start + storedLength);
  }

  /** Writes the last block. */
  void end() throws IOException {
    byte[] content = new byte[Long.BYTES + Integer.BYTES];
    littleEndian(content).putLong(length).putInt(checksum());
    write(SnapshotFormat.END, content, content.length);
  }

  private void put(byte[] bytes, int count) throws IOException {
    out.write(bytes, 0, count);
    file.update(bytes, 0, count);
    length += count;
  }

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static int checksum(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    return (int) crc.getValue();
  }
}
