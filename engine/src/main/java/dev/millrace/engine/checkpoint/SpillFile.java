package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.error.MillraceException;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * State tables in a local file, for what does not fit into memory; the same bytes as a snapshot's
 * part. Immutable; it goes when nobody holds it any more. Thread-safe. All methods throw a job's
 * {@link MillraceException} if the disk fails.
 */
public final class SpillFile {
  /** Writes a file: tables, each with any number of batches. Not thread-safe. */
  public static final class Writer implements AutoCloseable {
    private final Path path;
    private final TableBlocks tables;
    private final BufferedOutputStream out;
    private final Map<String, Long> rows = new HashMap<>();
    private SpillFile file;

    private Writer(Path path) throws IOException {
      this.path = path;
      this.out = new BufferedOutputStream(Files.newOutputStream(path), 1 << 16);
      this.tables = new TableBlocks(new BlockWriter(out, SnapshotFormat.PART_MAGIC));
    }

    /** Begins a table. */
    public void table(TableInfo info) {
      noteRows();
      attempt(path, () -> tables.table(info));
    }

    private void noteRows() {
      if (tables.table() != null) {
        rows.put(tables.table().name(), tables.rowCount());
      }
    }

    /** Writes rows of the table that was begun last. */
    public void rows(Batch batch) {
      attempt(path, () -> tables.rows(batch));
    }

    /** Ends the file and returns it, held once. */
    public SpillFile file() {
      attempt(
          path,
          () -> {
            noteRows();
            long length = tables.end();
            out.close();
            file = new SpillFile(path, length, rows);
          });
      return file;
    }

    /** Removes the file if it was not ended. */
    @Override
    public void close() {
      if (file == null) {
        attempt(
            path,
            () -> {
              try (out) {
                Files.deleteIfExists(path);
              }
            });
      }
    }
  }

  private final Path path;
  private final long length;
  private final Map<String, Long> rows;
  private final AtomicInteger holders = new AtomicInteger(1);

  private SpillFile(Path path, long length, Map<String, Long> rows) {
    this.path = path;
    this.length = length;
    this.rows = Map.copyOf(rows);
  }

  public static Writer create(Path path) {
    try {
      return new Writer(path);
    } catch (IOException e) {
      throw StoreErrors.writing(describe(path), e);
    }
  }

  /** Hands over all rows, in the order in which they were written. */
  public void read(BiConsumer<TableInfo, Batch> rows) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16)) {
      new PartReader(table -> true, rows, null).read(in, length);
    } catch (DamagedFileException e) {
      throw MillraceException.job(
          "State on disk (" + path + ") is damaged: " + e.getMessage() + ".", e);
    } catch (IOException e) {
      throw StoreErrors.reading(describe(path), e);
    }
  }

  /** The number of rows of a table. */
  public long rows(String table) {
    return rows.getOrDefault(table, 0L);
  }

  /** The number of rows of all tables. */
  public long rowCount() {
    return rows.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Holds the file once more. */
  public SpillFile hold() {
    holders.incrementAndGet();
    return this;
  }

  /** Lets go of the file. */
  public void release() {
    if (holders.decrementAndGet() == 0) {
      attempt(path, () -> Files.deleteIfExists(path));
    }
  }

  private static String describe(Path path) {
    return "state on the local disk (" + path + ", 'millrace.state.dir')";
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private static void attempt(Path path, Step step) {
    try {
      step.run();
    } catch (IOException e) {
      throw StoreErrors.writing(describe(path), e);
    }
  }
}
