package dev.millrace.connectors.filesystem;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file under a hidden name until {@link #publish} gives it its own. Closed without that, it stays
 * hidden, for whoever wants to save what is in it. Not thread-safe.
 */
final class PartFile implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PartFile.class);
  private static final int BUFFER_BYTES = 256 << 10;

  private static final String HIDDEN = ".";
  private static final String IN_PROGRESS = ".inprogress.";

  private final Path folder;
  private final String hiddenName;
  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
  private long bytes;

  PartFile(Path folder, String name) throws IOException {
    this.folder = folder;
    this.hiddenName = HIDDEN + name + IN_PROGRESS + UUID.randomUUID();
    this.channel =
        FileChannel.open(
            folder.resolve(hiddenName), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /** The bytes written so far, including those that are still buffered. */
  long bytes() {
    return bytes;
  }

  void write(byte[] from, int start, int length) throws IOException {
    int written = 0;
    while (written < length) {
      if (!buffer.hasRemaining()) {
        flush();
      }
      int part = Math.min(buffer.remaining(), length - written);
      buffer.put(from, start + written, part);
      written += part;
    }
    bytes += length;
  }

  void write(byte value) throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put(value);
    bytes++;
  }

  private void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  /** Makes the content durable and ends the file; returns the hidden name that it has still. */
  String complete() throws IOException {
    flush();
    channel.force(true);
    channel.close();
    forceFolder(folder);
    return hiddenName;
  }

  /** Gives a complete file its own name, in one step, unless it has it already. */
  static void publish(Path folder, String hiddenName) throws IOException {
    int end = hiddenName.lastIndexOf(IN_PROGRESS);
    Path name = folder.resolve(hiddenName.substring(HIDDEN.length(), end));
    Path hidden = folder.resolve(hiddenName);
    if (Files.exists(hidden) || !Files.exists(name)) {
      Files.move(hidden, name, StandardCopyOption.ATOMIC_MOVE);
      forceFolder(folder);
    }
  }

  /** A new name is durable when its folder is; not every system lets a folder be forced. */
  private static void forceFolder(Path folder) {
    try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
      entries.force(true);
    } catch (IOException e) {
      LOG.debug("{} cannot be forced to disk", folder, e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
