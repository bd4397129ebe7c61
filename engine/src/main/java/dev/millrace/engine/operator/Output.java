package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;

/**
 * Where an operator hands its results. Never refuses: whoever runs the operator gives it no more
 * input until what it emitted has been taken, which is what bounds memory.
 */
public interface Output {
  /** Hands on a batch; empty batches are dropped. */
  void emit(Batch batch);

  /** Says that no row with a row time at or before this (milliseconds) is expected any more. */
  void emitWatermark(long timestamp);

  /** Says that no input is active, so that watermarks downstream need not wait for this one. */
  void emitIdle(boolean idle);
}
