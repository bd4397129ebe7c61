package dev.millrace.api;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.batch.Values;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.type.DataType;
import java.net.URI;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A running job. Thread-safe; the rows of a SELECT are for one reader.
 *
 * <p>Closing it stops it, if it still runs, and waits for its end.
 */
public final class Job implements AutoCloseable {
  private static final long POLL_MILLIS = 100;

  /**
   * What the SELECT of a job yields.
   *
   * @param rowType a ROW of the columns
   * @param changelog whether rows may be updated or deleted
   * @param zone the session's time zone
   */
  public record Selection(DataType rowType, boolean changelog, ZoneId zone) {}

  private final String name;
  private final Engine engine;
  private final RunningJob running;
  private final Selection selection;
  private final BatchQueue rows;
  private final Optional<URI> metricsAddress;
  private MetricsOutlet outlet = MetricsOutlet.NONE;
  private volatile boolean failureThrown;

  /** {@code selection} and {@code rows} are null for a job without a SELECT. */
  Job(
      String name,
      Engine engine,
      RunningJob running,
      Selection selection,
      BatchQueue rows,
      Optional<URI> metricsAddress) {
    this.name = name;
    this.engine = engine;
    this.running = running;
    this.selection = selection;
    this.rows = rows;
    this.metricsAddress = metricsAddress;
  }

  /** Has the outlet closed with the job. */
  Job closing(MetricsOutlet newOutlet) {
    outlet = newOutlet;
    return this;
  }

  public String name() {
    return name;
  }

  /** The engine that runs it: never {@link Engine#AUTO}. */
  public Engine engine() {
    return engine;
  }

  /** Where the metrics are, if a port for them was asked for. */
  public Optional<URI> metricsAddress() {
    return metricsAddress;
  }

  /** What the job's SELECT yields; empty for a job of INSERT statements. */
  public Optional<Selection> selection() {
    return Optional.ofNullable(selection);
  }

  /**
   * Waits until the job has ended by itself or was stopped.
   *
   * @throws dev.millrace.engine.error.MillraceException if the job failed, in one line
   */
  public void await() throws InterruptedException {
    try {
      running.await();
    } catch (MillraceException e) {
      failureThrown = true;
      throw e;
    }
  }

  /** Waits for the end, but no longer than this; returns whether it came. */
  public boolean await(Duration timeout) throws InterruptedException {
    try {
      return running.await(timeout);
    } catch (MillraceException e) {
      failureThrown = true;
      throw e;
    }
  }

  /**
   * Ends the sources; what they have read flows to the sinks, which are flushed. Returns at once.
   */
  public void stop() {
    running.stop();
  }

  /** Ends the job as it stands, without flushing. Returns at once. */
  public void cancel() {
    if (rows != null) {
      rows.abandon();
    }
    running.cancel();
  }

  /**
   * Saves what the job has read and what it keeps, whole, in a folder of its own, from which {@link
   * Millrace#from} starts; script and plan lie beside it. What was written before that is outside
   * then. Waits until it is there and returns where: a path or URI.
   *
   * @param directory takes the folder, a path or URI; null for the one that {@code
   *     execution.checkpointing.savepoint-dir} names
   * @param stop whether the job ends with it, as by {@link #stop}; it goes on if there comes no
   *     savepoint
   */
  public String savepoint(String directory, boolean stop) throws InterruptedException {
    return running.savepoint(directory, stop);
  }

  public JobStatus status() {
    return running.status();
  }

  /**
   * Hands each row of the SELECT to the reader, until the job has ended; then throws the job's
   * failure, if it failed.
   *
   * @throws IllegalStateException if the job has no SELECT
   */
  public void forEachRow(Consumer<Row> reader) throws InterruptedException {
    DataType type = requireSelection().rowType();
    forEachBatch(
        batch -> {
          for (int i = 0; i < batch.rowCount(); i++) {
            reader.accept(new Row(batch.rowKind(i), Values.row(batch, type, i)));
          }
        },
        () -> {});
  }

  /**
   * Like {@link #forEachRow}, in batches. {@code pause} is called whenever no row has come for a
   * moment.
   */
  public void forEachBatch(Consumer<Batch> reader, Runnable pause) throws InterruptedException {
    requireSelection();
    try {
      while (!rows.exhausted()) {
        Batch batch = rows.poll(POLL_MILLIS);
        if (batch == null) {
          pause.run();
        } else {
          reader.accept(batch);
        }
      }
    } finally {
      rows.abandon();
    }
    await();
  }

  private Selection requireSelection() {
    if (selection == null) {
      throw new IllegalStateException("job '" + name + "' has no SELECT to read rows from");
    }
    return selection;
  }

  /** Throws the job's failure unless it was thrown before. */
  @Override
  public void close() {
    if (rows != null) {
      rows.abandon();
    }
    stop();
    boolean thrownBefore = failureThrown;
    try {
      await();
    } catch (MillraceException e) {
      if (!thrownBefore) {
        throw e;
      }
    } catch (InterruptedException e) {
      cancel();
      Thread.currentThread().interrupt();
    } finally {
      outlet.close();
    }
  }
}
