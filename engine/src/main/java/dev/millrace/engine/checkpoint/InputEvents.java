package dev.millrace.engine.checkpoint;

import dev.millrace.engine.batch.Batch;

/**
 * What an operator is given, call by call, as {@link dev.millrace.engine.operator.Operator} has it.
 */
public interface InputEvents {
  /** From here on the operator's clock says this, in milliseconds since 1970. */
  void time(long millis);

  /**
   * Comes first: the events follow on what the operator kept after this watermark, or before any if
   * it is {@link dev.millrace.engine.time.Watermarks#NONE}.
   */
  void start(long watermark);

  void process(int input, Batch batch);

  void watermark(long timestamp);

  void idle(boolean idle);

  void tick();

  void endOfInput(int input);
}
