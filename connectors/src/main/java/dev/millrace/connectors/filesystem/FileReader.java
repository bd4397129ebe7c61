package dev.millrace.connectors.filesystem;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.RecordBlock;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.connector.RecordDecoding;
import dev.millrace.engine.connector.RecordOrigin;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one range of a file after the other. Local reads are short enough for a worker thread. */
final class FileReader implements SourceReader {
  private static final Logger LOG = LoggerFactory.getLogger(FileReader.class);
  private static final int COUNT_BUFFER_BYTES = 256 << 10;

  private final FileSource source;
  private final RecordDecoding decoding;
  private final int batchRows;
  private final Counter bytesIn;
  private FileSplit split;
  private RecordChunks chunks;
  private RecordBlock block;
  private long rowsEmitted;

  FileReader(FileSource source, SourceContext context) {
    this.source = source;
    this.decoding =
        new RecordDecoding(
            source.format().newDecoder(), source.decodedRow(), source.table(), context);
    this.batchRows = context.batchRows();
    this.bytesIn = context.counter(Metrics.BYTES_IN);
  }

  @Override
  public void addSplit(Split added) {
    split = (FileSplit) added;
  }

  @Override
  public boolean poll(SourceOutput output) {
    if (split == null) {
      return false;
    }
    try {
      block = enough() ? null : nextBlock();
      if (block == null) {
        finish(output);
      } else {
        Batch rows = decoding.decode(block, new Origin());
        rowsEmitted += rows.rowCount();
        output.emit(split, withMetadata(rows));
      }
    } catch (IOException e) {
      throw failure(e);
    }
    return true;
  }

  @Override
  public Split remaining(Split of) {
    return chunks == null ? split : split.from(chunks.nextOffset());
  }

  private boolean enough() {
    return source.limit() >= 0 && rowsEmitted >= source.limit();
  }

  private RecordBlock nextBlock() throws IOException {
    if (chunks == null) {
      chunks = open();
    }
    long before = chunks.bytesFramed();
    RecordBlock next = chunks.next();
    bytesIn.add(chunks.bytesFramed() - before);
    return next;
  }

  /**
   * A range owns the records that begin in it. So a later range starts one byte early and drops
   * what it finds first: the rest of its predecessor's last record, or just that one's line end.
   */
  private RecordChunks open() throws IOException {
    if (split.next() != FileSplit.UNREAD) {
      return chunks(split.next(), 0);
    }
    boolean later = split.start() > 0;
    long from = later ? split.start() - 1 : 0;
    return chunks(from, later ? 1 : source.format().headerLines());
  }

  private RecordChunks chunks(long from, int recordsToDrop) throws IOException {
    return new RecordChunks(
        content(split.path(), from),
        RecordFramer.of(source.format()),
        from,
        split.end(),
        recordsToDrop,
        batchRows);
  }

  /** The uncompressed content of a file from a position on. */
  private static InputStream content(Path path, long from) throws IOException {
    Compression compression = compression(path);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
    try {
      boolean packed = compression != Compression.NONE;
      channel.position(packed ? 0 : from);
      InputStream content = compression.open(Channels.newInputStream(channel));
      content.skipNBytes(packed ? from : 0);
      return content;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Compression compression(Path path) {
    return Compression.of(path.getFileName().toString());
  }

  private void finish(SourceOutput output) throws IOException {
    FileSplit finished = split;
    closeChunks();
    split = null;
    output.finished(finished);
  }

  private Batch withMetadata(Batch rows) {
    if (source.metadata().isEmpty()) {
      return rows;
    }
    Vector[] columns = new Vector[rows.columnCount() + source.metadata().size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] =
          i < rows.columnCount()
              ? rows.column(i)
              : source.metadata().get(i - rows.columnCount()).column(split, rows.rowCount());
    }
    return rows.withColumns(columns);
  }

  /** Of the records of the current block. */
  private final class Origin implements RecordOrigin {
    @Override
    public String split(int record) {
      return split.id();
    }

    @Override
    public long position(int record) {
      return chunks.blockOffset() + block.starts()[record];
    }

    /**
     * Lines are counted only when somebody asks: by reading the file once more up to the record.
     */
    @Override
    public String describe(int record) {
      try (InputStream content = content(split.path(), 0)) {
        long line = 1 + lineFeeds(content, position(record));
        return "file %s, line %d".formatted(split.path(), line);
      } catch (IOException e) {
        LOG.debug("Lines of {} cannot be counted", split.path(), e);
        return "file %s, byte %d".formatted(split.path(), position(record));
      }
    }
  }

  private static long lineFeeds(InputStream content, long length) throws IOException {
    byte[] buffer = new byte[COUNT_BUFFER_BYTES];
    long found = 0;
    long left = length;
    while (left > 0) {
      int read = content.read(buffer, 0, (int) Math.min(left, buffer.length));
      if (read < 0) {
        throw new EOFException("the file has become shorter");
      }
      for (int i = 0; i < read; i++) {
        found += buffer[i] == '\n' ? 1 : 0;
      }
      left -= read;
    }
    return found;
  }

  private MillraceException failure(IOException e) {
    return MillraceException.job("Table '%s': %s.".formatted(source.table(), describe(e)), e);
  }

  private String describe(IOException e) {
    if (e instanceof RecordChunks.RecordTooLong) {
      return "file %s: %s; is a quote not closed?".formatted(split.path(), e.getMessage());
    }
    Compression compression = compression(split.path());
    boolean contentIsBad = compression != Compression.NONE && !(e instanceof FileSystemException);
    return contentIsBad
        ? "file %s is not valid %s: %s".formatted(split.path(), compression.title(), e.getMessage())
        : FileErrors.reading(split.path(), e);
  }

  private void closeChunks() throws IOException {
    if (chunks != null) {
      chunks.close();
      chunks = null;
    }
  }

  @Override
  public void close() {
    try {
      closeChunks();
    } catch (IOException e) {
      throw failure(e);
    }
  }
}
