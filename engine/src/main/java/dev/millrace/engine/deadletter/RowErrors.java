package dev.millrace.engine.deadletter;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.error.MillraceException;
import dev.millrace.engine.metrics.Counter;
import dev.millrace.engine.metrics.Metrics;
import dev.millrace.engine.type.DataType;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where an instance of a source, operator or sink reports each row that it cannot process. Whoever
 * reports a row goes on without it, and must have done nothing with it. Not thread-safe.
 */
public final class RowErrors {
  /** The counters of an instance for rows that failed. */
  @FunctionalInterface
  public interface Counters {
    /** By the metric's name and the values of its labels. */
    Counter counter(String name, String stage, String table, String errorClass);
  }

  /** Every reported row fails the job. */
  public static final RowErrors FAILING =
      new RowErrors(ErrorMode.FAIL, "", null, List.of(), RowErrors::uncounted, null);

  /** Passes over rows that were reported in an earlier life of the job. */
  public static final RowErrors REPORTED =
      new RowErrors(ErrorMode.SKIP, "", null, List.of(), RowErrors::uncounted, null);

  private static final Logger LOG = LoggerFactory.getLogger(RowErrors.class);

  private final ErrorMode mode;
  private final String owner;
  private final String table;
  private final List<DataType> inputs;
  private final Counters counters;
  private final DeadLetters letters;
  private long rejected;

  /** Whether the first reported row has been logged; those of nobody are not. */
  private boolean logged;

  /**
   * Makes the place to report to.
   *
   * @param owner the node's name
   * @param table the one that the node reads or writes, or null
   * @param inputs a ROW for the rows of each input
   * @param letters takes the letters; null if the mode needs none
   */
  public RowErrors(
      ErrorMode mode,
      String owner,
      String table,
      List<DataType> inputs,
      Counters counters,
      DeadLetters letters) {
    this.mode = mode;
    this.owner = owner;
    this.table = table;
    this.inputs = List.copyOf(inputs);
    this.counters = counters;
    this.letters = letters;
    this.logged = owner.isEmpty();
  }

  private static Counter uncounted(String name, String stage, String table, String errorClass) {
    return new Counter();
  }

  /** The same place, where every reported row fails the job. */
  public RowErrors failing() {
    return new RowErrors(ErrorMode.FAIL, owner, table, inputs, counters, null);
  }

  /** Whether a reported row fails the job, so that {@link #reject} does not return. */
  public boolean fail() {
    return mode == ErrorMode.FAIL;
  }

  /** How many rows have been reported so far that did not fail the job, nor came late. */
  public long rejected() {
    return rejected;
  }

  /** Reports a row; throws if it fails the job. */
  public void reject(FailedRow row) {
    if (fail()) {
      throw MillraceException.job(row.line().get(), row.cause());
    }
    rejected++;
    if (mode == ErrorMode.SKIP) {
      log(row, "are passed over");
      count(Metrics.ROWS_SKIPPED, row.stage(), row.cause());
    } else {
      log(row, "go to the dead-letter table");
      send(row);
    }
  }

  /** Counts a row that an option of its table or format passes over, whatever the mode. */
  public void skip(FailedAt stage, Throwable cause) {
    count(Metrics.ROWS_SKIPPED, stage, cause);
  }

  /** Reports a row of a batch of an input; {@code message} begins with the place. */
  public void reject(
      FailedAt stage, int input, Batch batch, int row, String message, Throwable cause) {
    reject(failedRow(stage, () -> inputs.get(input), batch, row, message, cause));
  }

  /** Reports a row, made by the node itself, for which an expression failed. */
  public void reject(
      Supplier<DataType> rowType, Batch batch, int row, String message, Throwable cause) {
    reject(failedRow(FailedAt.EXPRESSION, rowType, batch, row, message, cause));
  }

  /**
   * Reports rows of an input that came too late, or have no time at all. They never fail the job,
   * and are counted by whoever reports them.
   *
   * @param rows their positions in the batch, the first {@code count}
   */
  public void late(int input, Batch batch, int[] rows, int count, String message) {
    if (mode != ErrorMode.DEAD_LETTER) {
      return;
    }
    for (int i = 0; i < count; i++) {
      send(failedRow(FailedAt.LATE, () -> inputs.get(input), batch, rows[i], message, null));
    }
  }

  private static FailedRow failedRow(
      FailedAt stage,
      Supplier<DataType> rowType,
      Batch batch,
      int row,
      String message,
      Throwable cause) {
    return new FailedRow(
        stage,
        null,
        FailedRow.UNKNOWN,
        message,
        cause,
        () -> message,
        () -> RowJson.bytes(batch, rowType.get(), row));
  }

  private void send(FailedRow row) {
    letters.add(table, row);
    count(Metrics.DEAD_LETTERS, row.stage(), row.cause());
  }

  private void count(String metric, FailedAt stage, Throwable cause) {
    String shownTable = table == null ? "" : table;
    counters.counter(metric, stage.text(), shownTable, stage.errorClass(cause)).add(1);
  }

  /** The first of them; the others are counted. */
  private void log(FailedRow row, String verb) {
    if (!logged) {
      logged = true;
      LOG.warn(
          "{}: rows that cannot be processed {}; the first: {}", owner, verb, row.line().get());
    }
  }
}
