package dev.millrace.engine.connector;

import dev.millrace.engine.batch.Batch;
import java.util.List;

/**
 * Writes batches to the outside. All calls come from one thread at a time. Any exception fails the
 * job; a user's error says what could not be written where.
 */
public interface SinkWriter extends AutoCloseable {
  /** Writes the rows or takes them into a buffer of bounded size. */
  void write(Batch batch);

  /** How many of the rows taken are not written yet, so that they may still be rejected. */
  default int waiting() {
    return 0;
  }

  /** Called about once a second even without rows: time to roll files, send linger buffers. */
  default void tick() {}

  /**
   * Ends an epoch: what was written in it is durable outside, or in the system's transaction of the
   * epoch ({@link SinkContext#transactions}), when this returns. Called once more after {@link
   * #finish}. Never called if the job has neither checkpoints nor transactions.
   *
   * @return the names of what {@link Sink#publish} has to make visible when the epoch counts; empty
   *     if there is no such thing
   */
  List<String> endEpoch();

  /**
   * The input is complete: everything written becomes durable and, unless it becomes so with its
   * epoch, visible before this returns.
   */
  void finish();

  /** Frees resources; without {@link #finish} before, the job failed: unfinished output is left. */
  @Override
  void close();
}
