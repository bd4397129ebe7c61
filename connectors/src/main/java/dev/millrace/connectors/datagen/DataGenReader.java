package dev.millrace.connectors.datagen;

import dev.millrace.connectors.datagen.DataGenSource.Slice;
import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Vector;
import dev.millrace.engine.connector.SourceContext;
import dev.millrace.engine.connector.SourceOutput;
import dev.millrace.engine.connector.SourceReader;
import dev.millrace.engine.connector.Split;
import dev.millrace.engine.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Makes the rows of its slices in turn, as many at once as are due by the clock. */
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
  private final List<Progress> slices = new ArrayList<>();
  private int turn;

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
    slices.add(new Progress((Slice) split));
  }

  @Override
  public boolean poll(SourceOutput output) {
    for (int tried = 0; tried < slices.size(); tried++) {
      turn = (turn + 1) % slices.size();
      if (poll(slices.get(turn), output)) {
        return true;
      }
    }
    return false;
  }

  private boolean poll(Progress progress, SourceOutput output) {
    if (progress.made == progress.rows) {
      slices.remove(progress);
      output.finished(progress.slice);
      return true;
    }
    long due = progress.worthMaking();
    if (due > 0) {
      output.emit(progress.slice, progress.next((int) Math.min(due, numbers.length)));
    }
    return due > 0;
  }

  @Override
  public Split remaining(Split split) {
    for (Progress progress : slices) {
      if (progress.slice.equals(split)) {
        return new Slice(progress.slice.number(), progress.slice.of(), progress.made);
      }
    }
    throw new IllegalArgumentException("not active: " + split.id());
  }

  @Override
  public void close() {}

  /** How far a slice is. */
  private final class Progress {
    private final Slice slice;
    private final long rows;
    private final double rowsPerSecond;
    private final long startNanos;
    private long made;

    Progress(Slice slice) {
      this.slice = slice;
      this.rows = rowsOf(slice);
      this.rowsPerSecond = (double) totalRowsPerSecond / slice.of();
      this.startNanos = clock.nanoTime();
      this.made = slice.made();
    }

    private long rowsOf(Slice of) {
      if (totalRows == DataGenSource.ENDLESS) {
        return DataGenSource.ENDLESS;
      }
      return totalRows / of.of() + (totalRows % of.of() > of.number() ? 1 : 0);
    }

    /** The rows that are due, unless it is better to wait for more of them. */
    long worthMaking() {
      long left = rows - made;
      long due = Math.min(left, due());
      return due < Math.min(left, worthABatch()) ? 0 : due;
    }

    /** The rows that should have been made by now and are not; the first is due at once. */
    private long due() {
      double seconds = (clock.nanoTime() - startNanos) / NANOS_PER_SECOND;
      long sinceStart = Math.min((long) (seconds * rowsPerSecond), Long.MAX_VALUE - 1) + 1;
      return sinceStart - (made - slice.made());
    }

    private long worthABatch() {
      return Math.max(1, (long) Math.min(numbers.length, rowsPerSecond / BATCHES_PER_SECOND));
    }

    Batch next(int count) {
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
  }
}
