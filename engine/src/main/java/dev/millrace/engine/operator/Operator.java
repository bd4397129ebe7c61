package dev.millrace.engine.operator;

import dev.millrace.engine.batch.Batch;
import dev.millrace.engine.state.StateTable;
import java.util.List;

/**
 * One step of a dataflow: turns the batches of its inputs into batches of its output.
 *
 * <p>Call order: {@link #open} once; then any sequence of {@link #process}, {@link #watermark},
 * {@link #idle} and {@link #tick}; {@link #endOfInput} once per input, after which that input
 * brings nothing; {@link #close} once, also after a failure. All calls come from one thread at a
 * time. An exception fails the job; rows that cannot be computed are reported through the context
 * instead.
 */
public interface Operator extends AutoCloseable {
  default void open(OperatorContext context) {}

  /** Processes a batch of the input with this index (from 0). */
  void process(int input, Batch batch);

  /**
   * The minimum of the watermarks of all inputs that are not idle has risen to this (milliseconds).
   * The operator decides whether and when to hand it on.
   */
  void watermark(long timestamp);

  /** All inputs became idle, or one became active again. */
  void idle(boolean idle);

  /** Called now and then while the task lives, for what depends on the clock; most ignore it. */
  default void tick() {}

  /** Whether a {@link #tick} may emit: rows are due at a time of the clock. */
  default boolean emitsOnTick() {
    return false;
  }

  /**
   * An epoch ends: what was put off is done and emitted now, so that {@link #state} has all that is
   * kept.
   */
  default void endOfEpoch() {}

  /** The input with this index is complete. Called for every input even on a graceful stop. */
  default void endOfInput(int input) {}

  /**
   * What the operator keeps between batches, for snapshots; the same tables at every call, once it
   * is open.
   */
  default List<StateTable> state() {
    return List.of();
  }

  @Override
  default void close() {}
}
