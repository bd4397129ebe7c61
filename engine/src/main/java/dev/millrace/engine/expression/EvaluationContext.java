package dev.millrace.engine.expression;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * What an expression may know beyond its input, and where it reports rows that fail. Not shared.
 */
public final class EvaluationContext {
  /** A row that could not be computed, by its position in the batch. */
  public record RowError(int row, String message, Throwable cause) {}

  private final ZoneId zone;
  private final Clock clock;
  private List<RowError> errors = new ArrayList<>();
  private Batch timedBatch;
  private long batchMillis = Long.MIN_VALUE;

  public EvaluationContext(ZoneId zone, Clock clock) {
    this.zone = zone;
    this.clock = clock;
  }

  /** The session's time zone ({@code table.local-time-zone}). */
  public ZoneId zone() {
    return zone;
  }

  /**
   * The time at which a batch is computed, in milliseconds since the epoch: one reading of the
   * clock for all that is evaluated on the batch, never less than that of the batch before.
   */
  public long millis(Batch batch) {
    if (timedBatch != batch) {
      timedBatch = batch;
      batchMillis = Math.max(batchMillis, clock.millis());
    }
    return batchMillis;
  }

  /** Reports that the value of a batch row cannot be computed; {@code cause} may be null. */
  public void fail(int row, String message, Throwable cause) {
    errors.add(new RowError(row, message, cause));
  }

  public boolean hasErrors() {
    return !errors.isEmpty();
  }

  /** The errors reported since the last call; a row may occur more than once. */
  public List<RowError> takeErrors() {
    List<RowError> taken = errors;
    errors = new ArrayList<>();
    return taken;
  }
}
