package dev.millrace.engine.connector;

import dev.millrace.engine.batch.Batch;

/**
 * Writes batches to the outside. All calls come from one thread at a time. Any exception fails the
 * job; a user's error says what could not be written where.
 */
public interface SinkWriter extends AutoCloseable {
  /** Writes the rows or takes them into a buffer of bounded size. */
  void write(Batch batch);

  /** Called about once a second even without rows: time to roll files, send linger buffers. */
  default void tick() {}

  /** The input is complete: everything written becomes durable and visible before this returns. */
  void finish();

  /** Frees resources; without {@link #finish} before, the job failed: unfinished output is left. */
  @Override
  void close();
}
