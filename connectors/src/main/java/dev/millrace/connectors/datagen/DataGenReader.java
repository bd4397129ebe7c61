package dev.millrace.connectors.datagen;

import dev.millrace.connectors.datagen.DataGenSource.Slice;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.time.Clock;
import java.util.List;

/** Makes the rows of one slice, as many at once as are due by the clock. */
final class DataGenReader implements SourceReader {
  /** Rows become due this often at most, so that a slow source does not make tiny batches. */
  private static final double BATCHES_PER_SECOND = 200;

  private static final double NANOS_PER_SECOND = 1e9;
  private static final long MAX_BATCH_BYTES = 16L << 20;

  private final List<Generator> columns;
  private final long totalRows;
  private final long totalRowsPerSecond;
  private final Clock clock;
  private final long[] numbers;
  private Slice slice;
  private long rows;
  private double rowsPerSecond;
  private long startNanos;
  private long made;

  DataGenReader(DataGenSource source, SourceContext context) {
    this.columns = source.columns();
    this.totalRows = source.rows();
    this.totalRowsPerSecond = source.rowsPerSecond();
    this.clock = context.clock();
    long rowBytes = columns.stream().mapToLong(Generator::bytesPerRow).sum();
    long batchRows = Math.min(context.batchRows(), MAX_BATCH_BYTES / Math.max(1, rowBytes));
    this.numbers = new long[(int) Math.max(1, batchRows)];
  }

  @Override
  public void addSplit(Split split) {
    slice = (Slice) split;
    rows = rowsOf(slice);
    rowsPerSecond = (double) totalRowsPerSecond / slice.of();
    startNanos = clock.nanoTime();
  }

  private long rowsOf(Slice of) {
    if (totalRows == DataGenSource.ENDLESS) {
      return DataGenSource.ENDLESS;
    }
    return totalRows / of.of() + (totalRows % of.of() > of.number() ? 1 : 0);
  }

  @Override
  public boolean poll(SourceOutput output) {
    if (slice == null) {
      return false;
    }
    if (made == rows) {
      Slice finished = slice;
      slice = null;
      output.finished(finished);
      return true;
    }
    long left = rows - made;
    long due = Math.min(left, due());
    if (due < Math.min(left, worthABatch())) {
      return false;
    }
    output.emit(slice, next((int) Math.min(due, numbers.length)));
    return true;
  }

  /** The rows that should have been made by now and are not; the first is due at once. */
  private long due() {
    double seconds = (clock.nanoTime() - startNanos) / NANOS_PER_SECOND;
    return Math.min((long) (seconds * rowsPerSecond), Long.MAX_VALUE - 1) + 1 - made;
  }

  private long worthABatch() {
    return Math.max(1, (long) Math.min(numbers.length, rowsPerSecond / BATCHES_PER_SECOND));
  }

  private Batch next(int count) {
    for (int i = 0; i < count; i++) {
      numbers[i] = slice.number() + (made + i) * slice.of();
    }
    made += count;
    long now = clock.millis();
    Vector[] vectors = new Vector[columns.size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = columns.get(i).generate(numbers, count, now);
    }
    return new Batch(count, vectors);
  }

  @Override
  public void close() {}
}
